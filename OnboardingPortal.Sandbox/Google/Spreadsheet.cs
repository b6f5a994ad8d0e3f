using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>A person's spreadsheet: contacts with gaps, a tab with a quote in its name, a hidden one and an empty one.</summary>
internal sealed record Spreadsheet(AccountPerson Owner)
{
    private const int EmptyRowEvery = 100;
    private static readonly string[] Header = ["Email", "First name", "Last name", "Phone", "City"];

    public string Id => IdOf(Owner);

    /// <summary>What somebody copies from the browser to name the spreadsheet.</summary>
    public string Address => $"https://docs.google.com/spreadsheets/d/{Id}/edit";

    public IReadOnlyList<SpreadsheetTab> Tabs =>
    [
        new(0, "Newsletter", Hidden: false, [Header, .. Owner.Contacts.SelectMany(Rows)]),
        new(17, "Mum's customers", Hidden: false, [Header, .. Owner.Contacts.Take(12).Select(Row)]),
        new(18, "Archive", Hidden: true, [Header, .. Owner.Contacts.Take(5).Select(Row)]),
        new(19, "Empty", Hidden: false, []),
    ];

    public static string IdOf(AccountPerson owner) => $"1Sandbox_{owner.Key}_contacts_{owner.Number:00}";

    public JsonObject Describe() => new()
    {
        ["spreadsheetId"] = Id,
        ["properties"] = new JsonObject
        {
            ["title"] = $"Contacts of {Owner.Account}",
            ["locale"] = "de_DE",
            ["timeZone"] = "Europe/Berlin"
        },
        ["sheets"] = new JsonArray([.. Tabs.Select((tab, index) => tab.Describe(index))]),
        ["spreadsheetUrl"] = Address,
    };

    // Somebody has left a row free now and then.
    private static IEnumerable<string[]> Rows(AccountContact contact) => contact.Number % EmptyRowEvery == 0
        ? [Row(contact), []]
        : [Row(contact)];

    private static string[] Row(AccountContact contact) =>
        [contact.Email, AccountContact.FirstName, contact.LastName, contact.Phone ?? "", contact.Number % 3 == 0 ? "" : contact.City];
}

/// <summary>One tab; a cell that is empty holds an empty text.</summary>
internal sealed record SpreadsheetTab(int Id, string Title, bool Hidden, IReadOnlyList<string[]> Rows)
{
    private const int Columns = 26;

    // A sheet has more rows than are filled.
    private int RowCount => Math.Max(1000, Rows.Count + 20);

    public JsonObject Describe(int index)
    {
        var properties = new JsonObject
        {
            ["sheetId"] = Id,
            ["title"] = Title,
            ["index"] = index,
            ["sheetType"] = "GRID",
            ["gridProperties"] = new JsonObject { ["rowCount"] = RowCount, ["columnCount"] = Columns },
        };
        if (Hidden)
            properties["hidden"] = true;
        return new JsonObject { ["properties"] = properties };
    }

    /// <returns>Null when the range begins outside the sheet.</returns>
    public JsonObject? Read(SheetRange range)
    {
        if (range.FirstRow > RowCount || range.FirstColumn > Columns)
            return null;
        var lastRow = Math.Min(range.LastRow, RowCount);
        var lastColumn = Math.Min(range.LastColumn, Columns);
        var cells = $"{SheetRange.NameOf(range.FirstColumn)}{range.FirstRow}:{SheetRange.NameOf(lastColumn)}{lastRow}";
        var body = new JsonObject
        {
            ["range"] = $"'{Title.Replace("'", "''", StringComparison.Ordinal)}'!{cells}",
            ["majorDimension"] = "ROWS",
        };
        var rows = Rows.Skip(range.FirstRow - 1).Take(lastRow - range.FirstRow + 1)
            .Select(row => Trim([.. row.Skip(range.FirstColumn - 1).Take(lastColumn - range.FirstColumn + 1)])).ToList();
        while (rows.Count > 0 && rows[^1].Count == 0)
            rows.RemoveAt(rows.Count - 1); // empty rows at the end are left out, and so are all values when there are none
        if (rows.Count > 0)
            body["values"] = new JsonArray([.. rows.Select(row => new JsonArray([.. row.Select(cell => JsonValue.Create(cell))]))]);
        return body;
    }

    private static List<string> Trim(List<string> cells) => [.. cells.Take(cells.FindLastIndex(cell => cell.Length > 0) + 1)];
}
