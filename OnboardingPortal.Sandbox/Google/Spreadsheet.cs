using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>
/// A person's spreadsheet: a tab for each list of contacts, one of them with gaps and one with a quote in its name; a hidden one, an empty
/// one, and a chart.
/// </summary>
internal sealed record Spreadsheet(AccountPerson Owner, IReadOnlyList<SpreadsheetTab> Tabs)
{
    /// <summary>What the tabs for lists are numbered from, behind the first, which is 0.</summary>
    private const int Numbers = 16;

    /// <summary>For people whose reading ends early: more rows than are read at a time.</summary>
    private const int ManyRows = 12_000;

    public string Id => IdOf(Owner);

    /// <summary>What somebody copies from the browser to name the spreadsheet.</summary>
    public string Address => AddressOf(Owner);

    public static Spreadsheet Of(AccountPerson owner, SandboxContactLists lists)
    {
        var isLater = lists.IsLater(owner);
        var tabs = lists.Of(owner).Select((list, index) => new SpreadsheetTab(index == 0 ? 0 : Numbers + index, TitleOf(list))
        {
            List = list,
            Header = HeaderOf(owner, list, isLater),
            GapEvery = list.Name == "Newsletter" ? 100 : 0,
            LeastRows = owner.Behaviour is SandboxBehaviour.ListGoesWhileRead or SandboxBehaviour.TokenDiesWhileRead
                or SandboxBehaviour.QuotaWhileRead ? ManyRows : 1000,
        }).ToList();
        if (isLater && owner.Behaviour == SandboxBehaviour.DeletesSheet) tabs.RemoveAt(0);
        var archive = new SpreadsheetTab(90, "Archive")
        {
            List = lists.Of(owner) is [var first, ..] ? first : null,
            Header = SheetColumn.All,
            IsHidden = true,
        };
        return new(owner, [.. tabs, archive, new(91, "Empty"), new(92, "Diagram") { IsChart = true }]);
    }

    public static string IdOf(AccountPerson owner) => $"1Sandbox_{owner.Key}_contacts_{owner.Number:00}";

    public static string AddressOf(AccountPerson owner) => $"https://docs.google.com/spreadsheets/d/{IdOf(owner)}/edit";

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

    private static string TitleOf(SandboxContactList list) => list.Name == "Regular customers" ? "Mum's customers" : list.Name;

    // The small list has no column of numbers, so that its people are told apart by their addresses.
    private static IReadOnlyList<SheetColumn> HeaderOf(AccountPerson owner, SandboxContactList list, bool isLater)
    {
        IEnumerable<SheetColumn> columns = list.Name == "Regular customers" ? SheetColumn.All.Skip(1) : SheetColumn.All;
        return owner.Behaviour switch
        {
            SandboxBehaviour.RenamesHeader when isLater =>
                [.. columns.Select(c => c.Name == "Email" ? c with { Name = "Address of the newsletter" } : c)],
            SandboxBehaviour.RemovesColumn when isLater => [.. columns.Where(c => c.Name != "Email")],
            _ => [.. columns],
        };
    }
}

/// <summary>A column of contacts.</summary>
internal sealed record SheetColumn(string Name, Func<SandboxContact, string> Cell)
{
    public static IReadOnlyList<SheetColumn> All { get; } =
    [
        new("Customer no", c => $"K-{c.Number:00000}"), new("Email", c => c.Email), new("First name", c => c.FirstName),
        new("Last name", c => c.LastName), new("Phone", c => c.Phone), new("City", c => c.City), new("State", c => c.State),
        new("Postal code", c => c.PostalCode), new("Country", c => c.Country),
        new("Birthday", c => $"{c.Birthday:dd.MM.yyyy}"), new("Gender", c => c.Gender),
        new("Opted out", c => c.IsOptedOut ? "TRUE" : "FALSE"),
    ];
}
