namespace OnboardingPortal.Core.Kernel;

/// <summary>Text from people and platforms, made to fit where it is kept.</summary>
internal static class ForeignText
{
    /// <summary>
    /// What a person typed into a field of several lines: trimmed, line ends as "\n", without other control characters but tabs.
    /// </summary>
    public static string Readable(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim();

    /// <summary>
    /// The text without NUL, which PostgreSQL cannot store, and with at most <paramref name="length"/> UTF-16 code units; a character of
    /// two is never cut in half.
    /// </summary>
    public static string Fit(string text, int length)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace("\0", "", StringComparison.Ordinal);
        if (text.Length <= length) return text;
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    /// <summary>The text as one line, as a header is: whatever could end it becomes a space.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}
