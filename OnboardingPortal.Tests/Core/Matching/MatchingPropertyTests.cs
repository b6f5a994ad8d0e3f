using System.Security.Cryptography;
using CsCheck;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Matching.Cells;

namespace OnboardingPortal.Tests.Core.Matching;

/// <summary>What holds for every text, lone halves of surrogate pairs included.</summary>
public sealed class MatchingPropertyTests
{
    private static readonly string HashOfNothing = Convert.ToHexStringLower(SHA256.HashData([]));

    private static readonly MatchKey[] Keys = [.. MatchKeys.All];

    private const string Awkward =
        "aZéßİΣσ \u0301\u0323\u0345'’-.@+()/019٣\ud83d\ude00\ud800\udc00\ufb2c\u1e9e\u01c5\u212b\uac00\u11a8\u3099か・";

    /// <summary>Any UTF-16, and texts that look like values more often than chance would have it.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf<string>(
        Of(Gen.Char),
        Of(Gen.OneOf([.. Awkward])),
        Gen.OneOf(
            "mary@example.com", "Mary <m@bücher.example>", "+49 (0)30 1234567", "030/123 45 67", "0044 20 7946 0018", "O'Neil", "ΟΔΥΣΣΕΥΣ",
            "Saint-Étienne", "California", "94105-1234", "SW1A 1AA", "Germany", "Frau", "1980-03-07", "7.3.1980", "#N/A", "\ufeff"));

    private static readonly Gen<string?> Countries = Gen.OneOf<string?>(null, "DE", "US", "GB", "IT", "BR", "JP", "SA");

    [Fact]
    public void Normalising_what_is_normalised_changes_nothing() =>
        Gen.Select(Gen.OneOf(Keys), Texts, Countries).Sample((key, text, country) =>
        {
            var once = Cell.Normalise(key, text, country);
            // The digits of E.164 are written without the plus sign that tells them from a number of the default country.
            var again = key == MatchKey.Phone && once.Length > 0 ? $"+{once}" : once;
            Assert.Equal(once, Cell.Normalise(key, again, country));
        }, iter: 20_000);

    [Fact]
    public void No_text_throws_and_none_becomes_the_hash_of_nothing() =>
        Gen.Select(Texts.Array[Keys.Length], Countries, Gen.Bool).Sample((texts, country, takesHashes) =>
        {
            var cells = new PersonMatcher(Keys, new(country, takesHashes), new()).Cells(texts);
            Assert.All(cells, cell => Assert.True(cell.Length == 0 || (Cell.IsHash(cell) && cell != HashOfNothing)));
        }, iter: 3_000);

    [Fact]
    public void A_cells_result_does_not_depend_on_its_neighbours() =>
        Gen.Select(Texts.Array[Keys.Length], Countries).Sample((texts, country) =>
        {
            var together = new PersonMatcher(Keys, new(country), new()).Cells(texts);
            var alone = Keys.Select((key, i) => new PersonMatcher([key], new(country), new()).Cells(texts[i])[0]);
            Assert.Equal(alone, together);
        }, iter: 1_000);

    [Fact]
    public void A_value_that_came_before_gives_the_same_cell_and_is_counted_the_same() =>
        Gen.Select(Gen.OneOf(Keys), Texts).Sample((key, text) =>
        {
            var (first, both) = (new SkipCounter(), new SkipCounter());
            var cell = new PersonMatcher([key], new("DE"), first).Cells(text)[0];
            var matcher = new PersonMatcher([key], new("DE"), both);
            Assert.Equal(cell, matcher.Cells(text)[0]);
            Assert.Equal(cell, matcher.Cells(text)[0]);
            Assert.Equal(first.Totals.Values.Sum() * 2, both.Totals.Values.Sum());
        }, iter: 3_000);

    [Fact]
    public void Composed_and_decomposed_texts_become_the_same() =>
        Gen.Select(Gen.OneOf(MatchKey.FirstName, MatchKey.City, MatchKey.State), Texts).Sample((key, text) =>
        {
            var whole = CellText.Whole(text);
            Assert.Equal(
                Cell.Normalise(key, whole.Normalize(System.Text.NormalizationForm.FormC), null),
                Cell.Normalise(key, whole.Normalize(System.Text.NormalizationForm.FormD), null));
        }, iter: 10_000);

    [Fact]
    public void Characters_that_count_as_simple_are_composed_beside_each_other_and_so_are_their_small_letters()
    {
        char[] simple = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => CellText.IsSimple([c]))];
        Gen.OneOf(simple).Array[2, 8].Select(chars => new string(chars)).Sample(text =>
        {
            Assert.True(text.IsNormalized());
            Assert.True(CellText.Lower(text).IsNormalized());
        }, iter: 20_000);
        Assert.All(simple, c => Assert.True(c.ToString().IsNormalized() && c.ToString().ToLowerInvariant().IsNormalized()));
    }

    [Fact]
    public void A_mask_never_holds_the_value() => Texts.Sample(text =>
    {
        var mask = Masking.Of(text);
        Assert.True(text.Trim().Length == 0 ? mask.Length == 0 : !mask.Contains(text.Trim(), StringComparison.Ordinal));
        Assert.Equal(mask, CellText.Whole(mask));
    }, iter: 20_000);

    [Fact]
    public void Whatever_a_list_is_called_there_is_a_guess_and_an_answer() =>
        Gen.Select(Texts.Array[3], Texts.Array[9]).Sample((names, values) =>
        {
            FieldName[] fields = [.. names.Select(name => new FieldName(name, name))];
            var guess = MappingGuess.Of(fields, [values[..3], values[3..6], values[6..]]);
            Assert.Equal(guess.Count, guess.DistinctBy(column => column.Key).Count());
            _ = CountryGuess.Of(values);
            _ = SensitiveNames.WordIn(names[0]);
        }, iter: 2_000);

    private static Gen<string> Of(Gen<char> characters) => characters.Array[0, 24].Select(chars => new string(chars));
}
