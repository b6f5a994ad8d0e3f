using System.Collections.Frozen;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>A gender as m or f, the two that can be sent; read from words and forms of address in six languages.</summary>
internal static class GenderCell
{
    private static readonly FrozenDictionary<string, string> Words = new (string Gender, string Words)[]
    {
        ("m", "m male man mann mannlich herr mr mister masculin homme h monsieur masculino hombre senor sr maschio maschile uomo signor "
            + "sig mannelijk heer dhr"),
        ("f", "f female woman w weiblich frau mrs ms miss feminin femme madame mme mademoiselle femenino mujer senora sra femmina "
            + "femminile donna signora vrouwelijk vrouw v mevrouw mevr"),
    }.SelectMany(line => line.Words.Split(' ').Select(word => (word, line.Gender)))
        .ToFrozenDictionary(pair => pair.word, pair => pair.Gender);

    /// <returns>How many characters were written; 0 when it is neither, or not known.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<char> into) =>
        Words.TryGetValue(CellText.Key(text.ToString()), out var gender) ? CellText.Put(gender, into) : 0;
}
