using System.Globalization;

namespace OnboardingPortal.Core.Matching;

/// <summary>Shows so little of a value that a column can be told by it and a person cannot.</summary>
public static class Masking
{
    private const string Hidden = "…";
    private const int LeastSigns = 3;
    private const int MaxSignLength = 4;
    private const int MaxDomainEndLength = 6;
    private const int LeastDigits = 7;
    private const int ShownDigits = 2;

    /// <summary>
    /// The value masked, e.g. <c>m…@e….com</c>, <c>+49 … 67</c> or <c>M…</c>: never the whole of it. Of a text its first letter is shown
    /// if it has three signs as a person sees them, of a telephone number the country's code and the last two digits.
    /// </summary>
    /// <param name="value">Hostile text; null or blank gives an empty text.</param>
    public static string Of(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return "";
        var text = value.Trim();
        var masked = text.LastIndexOf('@') is > 0 and var at ? $"{Beginning(text[..at])}@{Domain(text[(at + 1)..])}"
            : IsPhone(text) ? Phone(text)
            : Beginning(text);
        // A value that looks like its own mask is not shown at all.
        return masked.Contains(text, StringComparison.Ordinal) ? "" : masked;
    }

    /// <summary>
    /// The first sign and dots. It must be a letter or a digit: marks without end and signs that turn the line round are not shown.
    /// </summary>
    private static string Beginning(string text)
    {
        if (StringInfo.ParseCombiningCharacters(text).Length < LeastSigns) return Hidden;
        var sign = StringInfo.GetNextTextElement(text);
        return sign.Length <= MaxSignLength && System.Text.Rune.TryGetRuneAt(sign, 0, out var rune)
            && System.Text.Rune.IsLetterOrDigit(rune) ? $"{sign}{Hidden}" : Hidden;
    }

    private static string Domain(string host)
    {
        var dot = host.LastIndexOf('.');
        if (dot < 0) return Hidden;
        var end = host[(dot + 1)..];
        return end.Length is > 1 and <= MaxDomainEndLength && end.All(char.IsAsciiLetter) ? $"{Beginning(host[..dot])}.{end}" : Hidden;
    }

    private static bool IsPhone(string text) => text.Count(char.IsAsciiDigit) >= LeastDigits
        && text.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '.' or '/' or '(' or ')');

    private static string Phone(string text)
    {
        string digits = new([.. text.Where(char.IsAsciiDigit)]);
        var code = Cells.PhoneCell.CodeOf(text);
        return code is null ? $"{Hidden} {digits[^ShownDigits..]}" : $"+{code} {Hidden} {digits[^ShownDigits..]}";
    }
}
