using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>One tab: a header and a contact a row, made when they are read; or nothing.</summary>
internal sealed record SpreadsheetTab(int Id, string Title)
{
    private const int Columns = 26;

    public SandboxContactList? List { get; init; }
    public IReadOnlyList<SheetColumn> Header { get; init; } = [];

    /// <summary>Behind so many contacts somebody has left a row free; 0 = nowhere.</summary>
    public int GapEvery { get; init; }

    public int LeastRows { get; init; } = 1000;
    public bool IsHidden { get; init; }
    public bool IsChart { get; init; }

    // A sheet has more rows than are filled.
    public int RowCount => Math.Max(LeastRows, Filled + 20);

    private int Filled => List is null ? 0 : 1 + List.Count + (GapEvery == 0 ? 0 : List.Count / GapEvery);

    public JsonObject Describe(int index)
    {
        var properties = new JsonObject
        {
            ["sheetId"] = Id,
            ["title"] = Title,
            ["index"] = index,
            ["sheetType"] = IsChart ? "OBJECT" : "GRID",
        };
        if (!IsChart) properties["gridProperties"] = new JsonObject { ["rowCount"] = RowCount, ["columnCount"] = Columns };
        if (IsHidden) properties["hidden"] = true;
        return new JsonObject { ["properties"] = properties };
    }

    /// <summary>Whether the range ends within the sheet, as one must that names its end.</summary>
    public bool Has(SheetRange range) =>
        range.FirstRow <= RowCount && range.FirstColumn <= Columns && (range.LastRow == int.MaxValue || range.LastRow <= RowCount)
        && (range.LastColumn == int.MaxValue || range.LastColumn <= Columns);

    /// <remarks><c>byColumns</c>: Whether each inner list is a column instead of a row.</remarks>
    public JsonObject Read(SheetRange range, bool byColumns)
    {
        var lastRow = Math.Min(range.LastRow, RowCount);
        var lastColumn = Math.Min(range.LastColumn, Columns);
        var tab = Title.Replace("'", "''", StringComparison.Ordinal);
        var body = new JsonObject
        {
            ["range"] = $"'{tab}'!{SheetRange.NameOf(range.FirstColumn)}{range.FirstRow}:{SheetRange.NameOf(lastColumn)}{lastRow}",
            ["majorDimension"] = byColumns ? "COLUMNS" : "ROWS",
        };
        var rows = Enumerable.Range(range.FirstRow, Math.Max(0, Math.Min(lastRow, Filled) - range.FirstRow + 1))
            .Select(r => Row(r, range.FirstColumn, lastColumn)).ToList();
        var lines = (byColumns
            ? Enumerable.Range(0, lastColumn - range.FirstColumn + 1).Select(c => rows.Select(r => r[c]).ToArray())
            : rows).Select(Trim).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1); // empty ones at the end are left out, and so are all values when there are none
        if (lines.Count > 0)
            body["values"] = new JsonArray([.. lines.Select(line => new JsonArray([.. line.Select(cell => JsonValue.Create(cell))]))]);
        return body;
    }

    private string[] Row(int row, int firstColumn, int lastColumn)
    {
        var contact = row == 1 ? null : ContactAt(row - 2);
        return
        [
            .. Enumerable.Range(firstColumn - 1, lastColumn - firstColumn + 1).Select(
                c => c >= Header.Count ? "" : row == 1 ? Header[c].Name : contact is null ? "" : Header[c].Cell(contact)),
        ];
    }

    private SandboxContact? ContactAt(int index)
    {
        if (GapEvery == 0) return List!.From(index).FirstOrDefault();
        var within = index % (GapEvery + 1);
        return within == GapEvery ? null : List!.From((index / (GapEvery + 1) * GapEvery) + within).FirstOrDefault();
    }

    private static string[] Trim(string[] cells) => cells[..(Array.FindLastIndex(cells, cell => cell.Length > 0) + 1)];
}
