using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>Where the reading of a sheet stands. Nothing of people is in it.</summary>
/// <param name="Title">The sheet's name, which ranges are named by.</param>
/// <param name="RowCount">How many rows the sheet has, filled or not; ranges beyond are refused.</param>
/// <param name="ColumnCount">How many columns.</param>
internal sealed record GoogleSheetCursor(string Title, int RowCount, int ColumnCount)
{
    /// <summary>The row to read next, from 1; the first holds the header.</summary>
    public int Row { get; init; } = 2;

    /// <summary>How many rows to read at a time.</summary>
    public int Rows { get; init; } = GoogleDefaults.SheetRows;

    /// <summary>The columns that say who wants no messages.</summary>
    public IReadOnlyList<string> OptOuts { get; init; } = [];

    /// <summary>The column with an id of each person; null without one.</summary>
    public string? Ids { get; init; }

    /// <summary>How often the reading began anew.</summary>
    public int Restarts { get; init; }

    /// <summary>The header's range.</summary>
    public string HeaderRange => Range("A", GoogleSheetHeader.LetterOf(Math.Max(1, ColumnCount) - 1), 1, 1);

    /// <summary>The cursor that a page gave; null for text that is none.</summary>
    public static GoogleSheetCursor? Read(string? text)
    {
        try
        {
            var cursor = text is null || !Base64Url.IsValid(text)
                ? null
                : JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), GoogleJson.Default.GoogleSheetCursor);
            return cursor is { Title: not null, OptOuts: not null, Row: > 1, Rows: > 0 } ? cursor : null;
        }
        catch (JsonException)
        {
            return null; // the reading begins anew
        }
    }

    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, GoogleJson.Default.GoogleSheetCursor));

    /// <summary>The range of a column in the rows to read next.</summary>
    public string ColumnRange(string column) => Range(column, column, Row, Math.Min(Row + Rows - 1, RowCount));

    private string Range(string from, string to, int first, int last)
    {
        var quoted = Title.Replace("'", "''", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"'{quoted}'!{from}{first}:{to}{last}");
    }
}
