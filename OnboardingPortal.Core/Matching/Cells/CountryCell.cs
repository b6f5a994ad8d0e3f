using System.Collections.Frozen;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>A country as the two small letters of ISO 3166-1, read from its letters or from one of its names.</summary>
internal static class CountryCell
{
    /// <summary>What people write for codes of ISO that are others.</summary>
    private static readonly (string Written, string Code)[] Habits = [("UK", "GB"), ("EL", "GR")];

    private static readonly char[] Separators = [' ', '\u00a0', ',', '&'];

    private static readonly FrozenDictionary<string, string> Codes = ReadTable().ToFrozenDictionary();

    /// <returns>How many characters were written; 0 when no country is called so.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<char> into) =>
        Codes.TryGetValue(Key(text.ToString()), out var code) ? CellText.Put(code, into) : 0;

    /// <summary>Two upper-case letters; null when they are those of no country.</summary>
    public static string? CodeOf(string? letters) =>
        letters is { Length: 2 } && Codes.TryGetValue(letters.ToLowerInvariant(), out var code) ? code.ToUpperInvariant() : null;

    private static Dictionary<string, string> ReadTable()
    {
        var codes = new Dictionary<string, string>();
        foreach (var line in CountryNames.Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var names = line.Split('|');
            foreach (var name in names) codes.TryAdd(Key(name), names[0].ToLowerInvariant());
        }

        foreach (var (written, code) in Habits) codes.Add(Key(written), code.ToLowerInvariant());
        return codes;
    }

    /// <summary>A name without the words that are written in one list and left out in another.</summary>
    private static string Key(string text) => string.Concat(CellText.Lower(text)
        .Split(Separators, StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word is not ("and" or "und" or "the")).Select(CellText.Key));
}
