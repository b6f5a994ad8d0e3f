using CsvHelper;

namespace OnboardingPortal.Core.Bulk;

/// <summary>
/// Reads a CSV file as spreadsheets save it: UTF-8 or UTF-16 by its mark, else UTF-8 or Windows-1252; commas, semicolons or tabs; quotes,
/// and line breaks inside them. What stands above the header is left out. What stands in the cells is judged elsewhere.
/// </summary>
public static class BulkReader
{
    /// <summary>The most bytes of a file; what is larger is refused before it is read to its end.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    private const int HeaderLength = 64 * 1024;
    private const int MaxAbove = 50; // rows that may stand above the header: titles, notes, filters of a report
    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>Reads a file.</summary>
    /// <returns> Its rows, <see cref="BulkFileTooLarge"/>, <see cref="BulkFileIsWorkbook"/>, <see cref="BulkFileNotText"/>,
    /// <see cref="BulkFileEmpty"/>, <see cref="BulkFileHasNoRows"/>, <see cref="BulkRecipientsMissing"/>, <see cref="BulkColumnTwice"/>,
    /// <see cref="BulkQuoteOpen"/>, <see cref="BulkTooManyColumns"/> or <see cref="BulkTooManyRows"/>.
    /// </returns>
    internal static async Task<Result<BulkFile>> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var content = await TakeAsync(file, cancellationToken);
        if (content is null) return new BulkFileTooLarge();
        // Off the caller's thread, which belongs to a page.
        return await Task.Run(() => Read(content.Value), cancellationToken);
    }

    internal static Result<BulkFile> Read(ReadOnlyMemory<byte> content)
    {
        var decoded = BulkEncoding.Decode(content.Span);
        if (!decoded.Succeeded) return decoded.Error;
        var text = decoded.Value;
        var skipped = 0;
        if (string.IsNullOrWhiteSpace(text)) return new BulkFileEmpty();
        char? given = null;
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && Delimiters.Contains(text[4])
            && text[5] is '\r' or '\n')
        {
            given = text[4];
            skipped = 1; // Excel's own first line
            text = text[(text[5] == '\r' && text.Length > 6 && text[6] == '\n' ? 7 : 6)..];
        }

        return ReadRows(text, given ?? Delimiters.MaxBy(d => Score(text, d)), skipped);
    }

    private static Result<BulkFile> ReadRows(string text, char delimiter, int skipped)
    {
        long? open = null;
        var torn = new HashSet<long>();
        using var csv = Open(text, delimiter, malformed =>
        {
            if (malformed.Reason == CsvMalformedReason.UnterminatedQuote) open ??= malformed.LineNumber;
            else if (malformed.Reason == CsvMalformedReason.TextAfterClosingQuote) torn.Add(malformed.LineNumber);
        });
        string[]? names = null, first = null;
        for (var above = 0; names is null && above <= MaxAbove && csv.Read(); above++)
        {
            if (csv.FieldCount > BulkImport.MaxColumns) return new BulkTooManyColumns(csv.FieldCount);
            var cells = Cells(csv);
            if (HasAddresses(cells)) names = cells;
            else if (!Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) first ??= cells;
        }

        if (names is null && first is not null) return new BulkRecipientsMissing(Short(string.Join(delimiter, first)));
        if (names is null) return open is { } line ? new BulkQuoteOpen((int)line + skipped) : new BulkFileEmpty();
        var columns = names.Select(BulkColumns.Find).ToArray();
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is { } column && Array.IndexOf(columns, column) < i) return new BulkColumnTwice(Short(names[i]));
        }

        // The one that is named for them comes first; where a row has none there, the next one that has one.
        int[] addresses = [.. Enumerable.Range(0, names.Length).Where(i => IsAddress(names[i])).OrderBy(i => columns[i] is null)];
        var unknown = Enumerable.Range(0, names.Length).Except(addresses).Where(i => columns[i] is null && names[i].Trim().Length > 0);
        var rows = new List<BulkCells>();
        var ignored = new SortedSet<int>(unknown);
        var count = 0;
        while (csv.Read())
        {
            var cells = Cells(csv);
            if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) continue;
            if (++count > BulkImport.MaxRows) continue; // counted, to say into how many files to split
            var row = new string?[Enum.GetValues<BulkColumn>().Length];
            var taken = addresses.FirstOrDefault(i => i < cells.Length && !string.IsNullOrWhiteSpace(cells[i]), addresses[0]);
            for (var i = 0; i < Math.Min(cells.Length, columns.Length); i++)
            {
                if (i == taken) row[(int)BulkColumn.Recipients] = cells[i];
                else if (columns[i] is { } column and not BulkColumn.Recipients) row[(int)column] = cells[i];
                else if (cells[i].Trim().Length > 0) ignored.Add(i);
            }

            var surplus = cells.Skip(columns.Length).Any(c => !string.IsNullOrWhiteSpace(c)) ? cells.Length : 0;
            rows.Add(new BulkCells((int)csv.LineNumber + skipped, row, surplus, torn.Contains(csv.LineNumber)));
        }

        if (open is { } opened) return new BulkQuoteOpen((int)opened + skipped);
        if (count == 0) return new BulkFileHasNoRows();
        if (count > BulkImport.MaxRows) return new BulkTooManyRows(count);
        return new BulkFile(
            [.. ignored.Select(i => names[i].Trim() is { Length: > 0 } name ? Short(name) : $"#{i + 1}")], names.Length, rows);
    }

    /// <summary>The delimiter that makes one of the first rows the header we know best.</summary>
    private static int Score(string text, char delimiter)
    {
        using var csv = Open(text.Length > HeaderLength ? text[..HeaderLength] : text, delimiter, _ => { });
        var best = 0;
        for (var above = 0; above <= MaxAbove && csv.Read(); above++)
        {
            var names = Cells(csv);
            best = Math.Max(best, (names.Count(n => BulkColumns.Find(n) is not null || IsAddress(n)) * 1000) + Math.Min(names.Length, 999));
        }

        return best;
    }

    private static bool HasAddresses(string[] names) => Array.Exists(names, IsAddress);

    private static bool IsAddress(string name) => BulkColumns.Find(name) == BulkColumn.Recipients || BulkColumns.IsFurtherAddress(name);

    private static CsvReader Open(
        string text, char delimiter, Action<CsvMalformedRecord> malformed) => CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = malformed,
        });

    private static string[] Cells(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++) cells[i] = csv.GetString(i);
        return cells;
    }

    /// <summary>The content, or null as soon as it has more than <see cref="MaxBytes"/>.</summary>
    private static async Task<ReadOnlyMemory<byte>?> TakeAsync(Stream file, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (await file.ReadAsync(piece, cancellationToken) is var read and > 0)
        {
            if (content.Length + read > MaxBytes) return null;
            content.Write(piece, 0, read);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    internal static string Short(string text)
    {
        const int MaxLength = 80;
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length > MaxLength ? ForeignText.Fit(line, MaxLength) + "…" : line;
    }
}

/// <summary>A file's rows as they stand there.</summary>
/// <param name="Ignored">The columns that the portal does not know, as the header names them; <c>#7</c> = the seventh, which has no
/// name.</param>
/// <param name="Columns">How many columns the header has.</param>
/// <param name="Rows">The rows that are not empty.</param>
internal sealed record BulkFile(IReadOnlyList<string> Ignored, int Columns, IReadOnlyList<BulkCells> Rows);

/// <summary>One row.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Cells">By <see cref="BulkColumn"/>; null = the file has no such column, or the row ends before it.</param>
/// <param name="Surplus">How many cells the row has when it has more than the header; else 0.</param>
/// <param name="IsTorn">Whether text stands behind a closing quote, so that the cells may not be what was meant.</param>
internal sealed record BulkCells(int Line, string?[] Cells, int Surplus, bool IsTorn)
{
    public string Of(BulkColumn column) => Cells[(int)column]?.Trim() ?? "";
}
