namespace OnboardingPortal.Core;

/// <summary>Text from people and platforms, made to fit where it is kept.</summary>
internal static class ForeignText
{
    /// <summary>
    /// The text without NUL, which PostgreSQL cannot store, and with at most <paramref name="length"/> UTF-16 code units; a character of two is never
    /// cut in half.
    /// </summary>
    public static string Fit(string text, int length)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace("\0", "", StringComparison.Ordinal);
        if (text.Length <= length) return text;
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }
}
