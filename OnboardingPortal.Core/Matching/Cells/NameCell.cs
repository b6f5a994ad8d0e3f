using System.Text;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>A first or a last name: small letters of every alphabet, with their marks, and digits; blanks and punctuation go.</summary>
internal static class NameCell
{
    /// <returns>How many characters were written; 0 when nothing is left.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<char> into)
    {
        if (!CellText.IsSimple(text)) return CellText.Put(Name(text.ToString()), into);
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetter(c)) into[length++] = (char)(c | ' ');
            else if (char.IsLetterOrDigit(c)) into[length++] = char.ToLowerInvariant(c);
        }

        return length;
    }

    private static string Name(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var rune in CellText.Lower(text).EnumerateRunes())
            if (IsPart(rune)) name.Append(rune.ToString());
        // A mark may have come to stand beside a letter that it composes with.
        return CellText.Lower(name.ToString());
    }

    private static bool IsPart(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
