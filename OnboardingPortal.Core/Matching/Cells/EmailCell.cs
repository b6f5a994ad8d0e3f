using System.Buffers;
using System.Text;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>An e-mail address: no blanks around it, small letters; what stands behind a plus sign stays.</summary>
internal static class EmailCell
{
    private const int LabelMaxLength = 63;

    private static readonly SearchValues<char> Local =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-");

    private static readonly SearchValues<char> Host =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    /// <returns>How many characters were written; 0 when there is no address, or more than one.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<char> into)
    {
        if (IsPlain(text))
        {
            Ascii.ToLower(text, into, out var length);
            return length;
        }

        var read = EmailAddress.Read(CellText.Composed(text.ToString()));
        return read is null ? 0 : CellText.Put(CellText.Lower(read.Text), into);
    }

    /// <summary>
    /// Whether the text is an address without anything rare about it; each one that passes is one for <see cref="EmailAddress"/> as well.
    /// </summary>
    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        if (at is < 1 or > LabelMaxLength) return false;
        var local = text[..at];
        var host = text[(at + 1)..];
        return !local.ContainsAnyExcept(Local) && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
            && host.Length is > 0 and <= LabelMaxLength && !host.ContainsAnyExcept(Host)
            && char.IsAsciiLetterOrDigit(host[0]) && char.IsAsciiLetter(host[^1]) && host.Contains('.')
            && !host.Contains("..", StringComparison.Ordinal) && !host.Contains("--", StringComparison.Ordinal)
            && !host.Contains("-.", StringComparison.Ordinal) && !host.Contains(".-", StringComparison.Ordinal);
    }
}
