using System.Globalization;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>
/// The sheets of spreadsheets, whose first row names their columns. Google does not tell which spreadsheets there are, so somebody types
/// the address of one. Of each window of rows only the columns are read that are sent, with those that say who wants no messages and who
/// is who.
/// </summary>
/// <remarks>
/// A row has no id of its own: a row's number changes when another is deleted. So a person's id is what stands in the column of ids, where
/// there is one; otherwise the e-mail address, or else the first value that was chosen, which are what the person is found by anyway; the
/// row's number only where a row has none of them. Rows that somebody deletes during the reading move those behind them, so a sheet that
/// got shorter meanwhile is read once more; where rows are sorted meanwhile, people may be missed until the next reading.
/// </remarks>
/// <seealso href="https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values/batchGet" />
public sealed class GoogleSheetContacts(GoogleSheetsClient sheets) : IContactSource
{
    private const int FirstRow = 2; // behind the header
    private const string ValueOptions = "majorDimension=COLUMNS&valueRenderOption=FORMATTED_VALUE&fields=valueRanges(values)";
    private const string FileFields =
        "properties(title),sheets(properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount)))";

    /// <inheritdoc />
    public PlatformKey Platform => GoogleDefaults.SheetsKey;

    /// <summary>A window of rows for each of the reads that Google lets a person make in a minute.</summary>
    public int PeopleAMinute => GoogleDefaults.SheetReadsAMinute * GoogleDefaults.SheetRows;

    /// <inheritdoc />
    public bool NeedsAddress => true;

    /// <summary>None: Google Sheets cannot tell.</summary>
    public Task<Result<IReadOnlyList<ContactList>>> ListAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContactList> none = [];
        return Task.FromResult<Result<IReadOnlyList<ContactList>>>(none.ToList());
    }

    /// <summary>The sheets of a spreadsheet that are shown there, the one that was open first.</summary>
    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactList>>> FindAsync(
        PlatformCredentials credentials, string address, CancellationToken cancellationToken)
    {
        var place = GoogleSheetAddress.Read(address);
        if (!place.Succeeded) return place.Error;
        var file = await FileAsync(credentials, place.Value, cancellationToken);
        if (!file.Succeeded) return file.Error;
        return Grids(file.Value).Where(s => s.Hidden != true || s.SheetId == place.Value.Sheet)
            .OrderByDescending(s => s.SheetId == place.Value.Sheet)
            .Select(s => new ContactList(
                (place.Value with { Sheet = s.SheetId }).Key, s.Title!, ContactListKind.Sheet, null, file.Value.Properties?.Title))
            .ToList();
    }

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactField>>> FieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        if (GoogleSheetAddress.Of(list) is not { } place) return Gone;
        var at = await LocateAsync(credentials, place, cancellationToken);
        if (!at.Succeeded) return at.Error;
        var header = await HeaderAsync(credentials, place, at.Value, cancellationToken);
        return header.Succeeded ? header.Value.Fields.ToList() : header.Error;
    }

    /// <inheritdoc />
    public async Task<Result<ContactPage>> ReadAsync(
        PlatformCredentials credentials, ContactSelection selection, string? cursor, CancellationToken cancellationToken)
    {
        if (GoogleSheetAddress.Of(selection.List) is not { } place) return Gone;
        if (GoogleSheetCursor.Read(cursor) is not { } at)
        {
            var begun = await BeginAsync(credentials, selection, place, cancellationToken);
            if (!begun.Succeeded) return begun.Error;
            at = begun.Value;
        }

        var mayHaveChanged = cursor is not null;
        while (at.Row <= at.RowCount)
        {
            var values = await WindowAsync(credentials, selection, place, at, cancellationToken);
            switch (values.Error)
            {
                case null:
                    var page = Page(values.Value, selection, at);
                    if (page.Next is not null || at.Row == FirstRow) return page;
                    var after = await LocateAsync(credentials, place, cancellationToken);
                    if (!after.Succeeded) return after.Error;
                    return GotShorter(at, after.Value) ? page with { Next = Again(at, after.Value).Write() } : page;
                case PlatformFailure { AsksForLess: true } when at.Rows > 1:
                    at = at with { Rows = at.Rows / 2 };
                    continue;
                case PlatformFailure { Kind: PlatformFailureKind.InvalidRequest } when mayHaveChanged:
                    // The sheet was renamed, got smaller or is gone since the last page.
                    var now = await LocateAsync(credentials, place, cancellationToken);
                    if (!now.Succeeded) return now.Error;
                    at = GotShorter(at, now.Value)
                        ? Again(at, now.Value)
                        : at with { Title = now.Value.Title, RowCount = now.Value.RowCount, ColumnCount = now.Value.ColumnCount };
                    mayHaveChanged = false;
                    continue;
                default:
                    return values.Error;
            }
        }

        return new ContactPage([], null);
    }

    private static bool GotShorter(GoogleSheetCursor at, GoogleSheetCursor now) =>
        now.RowCount < at.RowCount && at.Restarts < GoogleDefaults.MaxRestarts;

    private static GoogleSheetCursor Again(GoogleSheetCursor at, GoogleSheetCursor now) =>
        now with { OptOuts = at.OptOuts, Ids = at.Ids, Restarts = at.Restarts + 1 };

    private static PlatformFailure Gone => new(GoogleDefaults.SheetsKey, PlatformFailureKind.NotFound);

    private async Task<Result<GoogleSheetCursor>> BeginAsync(
        PlatformCredentials credentials, ContactSelection selection, GoogleSheetAddress place, CancellationToken cancellationToken)
    {
        var at = await LocateAsync(credentials, place, cancellationToken);
        if (!at.Succeeded) return at.Error;
        var header = await HeaderAsync(credentials, place, at.Value, cancellationToken);
        if (!header.Succeeded) return header.Error;
        if (header.Value.Gone(selection.Fields) is { } gone) return gone;
        return at.Value with { OptOuts = header.Value.OptOutColumns, Ids = header.Value.IdColumn };
    }

    /// <summary>A window's header and columns; a <see cref="ContactFieldsGone"/> when the header is no longer as it was.</summary>
    private async Task<Result<IReadOnlyList<IReadOnlyList<string>>>> WindowAsync(
        PlatformCredentials credentials, ContactSelection selection, GoogleSheetAddress place, GoogleSheetCursor at,
        CancellationToken cancellationToken)
    {
        var columns = Columns(selection, at);
        var read = await ReadAsync(credentials, place, [at.HeaderRange, .. columns.Select(at.ColumnRange)], cancellationToken);
        if (!read.Succeeded) return read.Error;
        if (read.Value.Count != columns.Count + 1) return new PlatformFailure(GoogleDefaults.SheetsKey, PlatformFailureKind.Nonsense);
        if (HeaderOf(read.Value[0]).Gone(selection.Fields) is { } gone) return gone;
        return read.Value.Skip(1).Select(r => r.Values is [{ } cells, ..] ? cells : []).ToList();
    }

    private static ContactPage Page(IReadOnlyList<IReadOnlyList<string>> values, ContactSelection selection, GoogleSheetCursor at)
    {
        var columns = Columns(selection, at);
        var chosen = selection.Fields.Select(f => columns.IndexOf(f.Key)).ToList();
        var optOuts = at.OptOuts.Select(c => columns.IndexOf(c)).ToList();
        var ids = at.Ids is null ? -1 : columns.IndexOf(at.Ids);
        var people = new List<Contact>();
        for (var row = 0; row < values.Max(c => c.Count); row++)
        {
            if (values.All(c => row >= c.Count || string.IsNullOrWhiteSpace(c[row]))) continue; // left free
            string?[] cells = [.. chosen.Select(c => Cell(c, row))];
            var isOut = optOuts.Exists(c => GoogleSheetHeader.SaysOut(Cell(c, row)));
            people.Add(new Contact(IdOf(ids < 0 ? null : Cell(ids, row), cells, at.Row + row), isOut, cells));
        }

        var next = at with
        {
            Row = at.Row + at.Rows,
            // Sheets end in empty rows, sometimes many.
            Rows = people.Count == 0 ? Math.Min(at.Rows * 4, GoogleDefaults.MostSheetRows) : Math.Min(at.Rows, GoogleDefaults.SheetRows),
        };
        return next.Row > at.RowCount
            ? new ContactPage(people, null)
            : new ContactPage(people, next.Write()) { Pause = TimeSpan.FromMinutes(1) / GoogleDefaults.SheetReadsAMinute };

        string? Cell(int column, int row) => row < values[column].Count ? values[column][row] : null;
    }

    private static string IdOf(string? id, IReadOnlyList<string?> cells, int row)
    {
        if (!string.IsNullOrWhiteSpace(id)) return $"id:{id.Trim()}";
        var value = cells.FirstOrDefault(c => c?.Contains('@', StringComparison.Ordinal) is true)
            ?? cells.FirstOrDefault(c => !string.IsNullOrWhiteSpace(c));
        return value is null
            ? string.Create(CultureInfo.InvariantCulture, $"row:{row}")
            : $"value:{value.Trim().ToLowerInvariant()}";
    }

    private static List<string> Columns(ContactSelection selection, GoogleSheetCursor at) =>
        [.. selection.Fields.Select(f => f.Key).Concat(at.OptOuts).Concat(at.Ids is null ? [] : [at.Ids]).Distinct()];

    private async Task<Result<GoogleSheetHeader>> HeaderAsync(
        PlatformCredentials credentials, GoogleSheetAddress place, GoogleSheetCursor at, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(credentials, place, [at.HeaderRange], cancellationToken);
        if (!read.Succeeded) return read.Error;
        return read.Value is [var first] ? HeaderOf(first) : new PlatformFailure(GoogleDefaults.SheetsKey, PlatformFailureKind.Nonsense);
    }

    /// <summary>Ranges are read by columns, so the header is one cell of each.</summary>
    private static GoogleSheetHeader HeaderOf(GoogleSheetValues read) =>
        new([.. (read.Values ?? []).Select(c => c is [var name, ..] ? name : "")]);

    private async Task<Result<IReadOnlyList<GoogleSheetValues>>> ReadAsync(
        PlatformCredentials credentials, GoogleSheetAddress place, IEnumerable<string> ranges, CancellationToken cancellationToken)
    {
        var asked = string.Concat(ranges.Select(r => $"&ranges={Uri.EscapeDataString(r)}"));
        var read = await sheets.ReadAsync(
            credentials,
            $"{place.Spreadsheet}/values:batchGet?{ValueOptions}{asked}",
            GoogleJson.Default.GoogleSheetRanges, cancellationToken);
        return read.Succeeded ? (read.Value.ValueRanges ?? []).ToList() : read.Error;
    }

    /// <summary>Finds a sheet by its number, whatever it is called now.</summary>
    private async Task<Result<GoogleSheetCursor>> LocateAsync(
        PlatformCredentials credentials, GoogleSheetAddress place, CancellationToken cancellationToken)
    {
        var file = await FileAsync(credentials, place, cancellationToken);
        if (!file.Succeeded) return file.Error;
        return Grids(file.Value).FirstOrDefault(s => s.SheetId == place.Sheet) is { } sheet
            ? new GoogleSheetCursor(sheet.Title!, sheet.GridProperties?.RowCount ?? 0, sheet.GridProperties?.ColumnCount ?? 0)
            : Gone;
    }

    private Task<Result<GoogleSpreadsheet>> FileAsync(
        PlatformCredentials credentials, GoogleSheetAddress place, CancellationToken cancellationToken) =>
        sheets.ReadAsync(
            credentials,
            $"{place.Spreadsheet}?fields={FileFields}",
            GoogleJson.Default.GoogleSpreadsheet, cancellationToken);

    /// <summary>The sheets that have cells; charts on a sheet of their own have none.</summary>
    private static IEnumerable<GoogleSheetProperties> Grids(GoogleSpreadsheet file) =>
        (file.Sheets ?? []).Select(s => s.Properties).OfType<GoogleSheetProperties>()
            .Where(s => s is { SheetType: null or "GRID", Title.Length: > 0 });
}
