using System.Text;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>
/// A postal code in small letters without blanks: the first five digits of an American one, and of a British one what stands before the
/// blank and the digit behind it. Both are known by their shape in every list.
/// </summary>
internal static class PostalCodeCell
{
    private const int MaxCodeLength = 12;
    private const int UnitedStatesLength = 5;

    /// <returns>How many characters were written; 0 when there is no postal code.</returns>
    public static int Write(ReadOnlySpan<char> text, string? country, Span<char> into)
    {
        var length = Ascii.IsValid(text) ? WriteAscii(text, into) : WriteAscii(AsciiOf(text.ToString()), into);
        var code = into[..length];
        if (length is < 2 or > MaxCodeLength || !code.ContainsAnyInRange('0', '9')) return 0;
        if (IsAmerican(code, country)) return UnitedStatesLength;
        return IsBritish(code) ? length - 2 : length;
    }

    private static int WriteAscii(ReadOnlySpan<char> text, Span<char> into)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) continue;
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return 0;
            into[length++] = char.ToLowerInvariant(c);
        }

        return length;
    }

    /// <summary>
    /// Digits of other scripts and hyphens of other kinds as ASCII has them; the Japanese postal mark and what cannot be seen go.
    /// </summary>
    private static string AsciiOf(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (var c in CellText.Composed(text))
        {
            if (char.IsDigit(c)) ascii.Append((char)('0' + (int)char.GetNumericValue(c)));
            else if (char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.DashPunctuation) ascii.Append('-');
            else if (c != '〒' && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format) ascii.Append(c);
        }

        return ascii.ToString();
    }

    private static bool IsAmerican(ReadOnlySpan<char> code, string? country)
    {
        if (code.Length < UnitedStatesLength || code[..UnitedStatesLength].ContainsAnyExceptInRange('0', '9')) return false;
        // Saudi codes have the same shape, and are sent whole.
        return country == "US" || (country != "SA" && code.Length == 10 && code[UnitedStatesLength] == '-'
            && !code[(UnitedStatesLength + 1)..].ContainsAnyExceptInRange('0', '9'));
    }

    private static bool IsBritish(ReadOnlySpan<char> code) => code.Length is >= 5 and <= 7
        && char.IsAsciiLetter(code[0]) && code[1..^3].ContainsAnyInRange('0', '9') && !code.Contains('-')
        && char.IsAsciiDigit(code[^3]) && char.IsAsciiLetter(code[^2]) && char.IsAsciiLetter(code[^1]);
}
