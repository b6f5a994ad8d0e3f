using System.Text;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>What all cells have in common: Unicode in one form, small letters, letters without marks.</summary>
internal static class CellText
{
    /// <summary>The most characters of a cell: an e-mail address has no more, and no other value comes near.</summary>
    public const int MaxLength = EmailAddress.MaxLength;

    /// <summary>Characters that have room for each normalised cell: composing makes three of one at the most.</summary>
    public const int BufferLength = 3 * MaxLength;

    private const char FirstMark = '\u0300';
    private const int LatinLength = 0x250;

    /// <summary>Letters that no mark was put on, and yet have a way to be written in a to z.</summary>
    private static readonly Dictionary<char, string> Transliterated = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['ł'] = "l",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ı'] = "i",
        ['ħ'] = "h",
        ['ŧ'] = "t",
        ['ĳ'] = "ij",
    };

    private static readonly string[] LatinLetters = [.. Enumerable.Range(0, LatinLength).Select(c => LatinOf((char)c))];

    /// <summary>
    /// Whether each character stays as it is in NFC whatever stands beside it, and has a small letter that needs no look at its neighbours.
    /// It is a shortcut: false says nothing.
    /// </summary>
    public static bool IsSimple(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!IsSimple(c)) return false;
        return true;
    }

    /// <summary>The text in NFC, without halves of surrogate pairs.</summary>
    public static string Composed(string text) => IsSimple(text) ? text : Whole(text).Normalize(NormalizationForm.FormC);

    /// <summary>The text without halves of surrogate pairs, which no encoding can carry.</summary>
    public static string Whole(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff')) return text;
        var whole = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) whole.Append(text[i]);
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) whole.Append(text, i++, 2);
        }

        return whole.ToString();
    }

    /// <summary>
    /// Small letters in NFC, as JavaScript and so the advertising platform's own library makes them: a sigma that ends a word is the
    /// final one, and the dotted I keeps its dot.
    /// </summary>
    public static string Lower(string text)
    {
        if (IsSimple(text)) return text.ToLowerInvariant();
        var composed = Composed(text);
        var lower = new StringBuilder(composed.Length);
        for (var i = 0; i < composed.Length; i++)
        {
            if (composed[i] == 'Σ') lower.Append(EndsWord(composed, i) ? 'ς' : 'σ');
            else if (composed[i] == 'İ') lower.Append("i\u0307");
            else lower.Append(composed[i]);
        }

        return Composed(lower.ToString().ToLowerInvariant());
    }

    /// <summary>Small letters from a to z; marks are taken off, and what cannot be written in them is left out.</summary>
    /// <returns>How many characters were written.</returns>
    public static int WriteLatin(ReadOnlySpan<char> text, Span<char> into)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetter(c))
            {
                into[length++] = (char)(c | ' ');
            }
            else if (c < LatinLength)
            {
                var letters = LatinLetters[c];
                letters.CopyTo(into[length..]);
                length += letters.Length;
            }
            else if (!IsSimple(c) || c is >= '\u1e00' and <= '\u1eff')
            {
                return Put(Latin(text.ToString()), into);
            }
        }

        return length;
    }

    /// <summary>
    /// By what a word is found in a list of words: small letters without marks, in every script, and digits; nothing between them.
    /// </summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var rune in Whole(Lower(text)).Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (rune.IsBmp && Transliterated.TryGetValue((char)rune.Value, out var letters)) key.Append(letters);
            else if (Rune.IsLetterOrDigit(rune)) key.Append(rune.ToString());
        }

        return key.ToString();
    }

    /// <summary>Writes a text whole or, when it has no room, not at all.</summary>
    /// <returns>How many characters were written.</returns>
    public static int Put(string text, Span<char> into) => text.TryCopyTo(into) ? text.Length : 0;

    private static bool EndsWord(string text, int at) =>
        at > 0 && char.IsLetter(text[at - 1]) && (at + 1 == text.Length || !char.IsLetter(text[at + 1]));

    private static string Latin(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var c in Lower(text).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetter(c)) latin.Append(c);
            else if (Transliterated.TryGetValue(c, out var letters)) latin.Append(letters);
        }

        return latin.ToString();
    }

    private static string LatinOf(char c) => char.IsSurrogate(c) ? "" : Latin(c.ToString());

    private static bool IsSimple(char c) => c < FirstMark
        ? c != 'İ'
        : c is >= '\u0391' and <= '\u03ce' and not 'Σ'         // Greek
            or >= '\u0400' and <= '\u0481' or >= '\u048a' and <= '\u052f' // Cyrillic
            or >= '\u05d0' and <= '\u05ea'                      // Hebrew
            or >= '\u0621' and <= '\u064a'                  // Arabic
            or >= '\u1e00' and <= '\u1eff'                  // Vietnamese and others in Latin
            or >= '\u3041' and <= '\u3094' or >= '\u30a1' and <= '\u30fa' or 'ー' // Japanese
            or >= '\u3400' and <= '\u4dbf' or >= '\u4e00' and <= '\u9fff' // Chinese characters
            or >= '\uac00' and <= '\ud7a3';                 // Korean
}
