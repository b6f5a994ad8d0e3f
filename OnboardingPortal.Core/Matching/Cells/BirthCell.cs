using System.Globalization;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>
/// The year of birth in four digits, the month and the day of the month in two. Each takes its part of a whole date too, so that one
/// column can be sent as all three.
/// </summary>
internal static class BirthCell
{
    /// <returns>How many digits were written; 0 when the cell has no such part.</returns>
    public static int Write(MatchKey key, ReadOnlySpan<char> text, string? country, Span<char> into)
    {
        var part = key switch
        {
            MatchKey.BirthMonth when IsShort(text) => Between(text, 12),
            MatchKey.BirthDay when IsShort(text) => Between(text, 31),
            MatchKey.BirthYear => BirthDate.Read(text, country).Year,
            MatchKey.BirthMonth => BirthDate.Read(text, country).Month,
            _ => BirthDate.Read(text, country).Day,
        };
        return part is { } number && number.TryFormat(into, out var length, key == MatchKey.BirthYear ? "0000" : "00",
            CultureInfo.InvariantCulture) ? length : 0;
    }

    private static bool IsShort(ReadOnlySpan<char> text) => text.Length is 1 or 2 && !text.ContainsAnyExceptInRange('0', '9');

    private static int? Between(ReadOnlySpan<char> text, int last) =>
        int.Parse(text, CultureInfo.InvariantCulture) is >= 1 and var number && number <= last ? number : null;
}
