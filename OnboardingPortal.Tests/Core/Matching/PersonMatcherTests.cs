using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Tests.Core.Matching;

public sealed class PersonMatcherTests
{
    private const string HashOfMary = "f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79";
    private const string HashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly SkipCounter _skipped = new();

    [Fact]
    public void One_bad_cell_leaves_out_that_cell_and_never_the_person()
    {
        var matcher = Matcher([MatchKey.Email, MatchKey.Phone, MatchKey.Country, MatchKey.LastName]);

        Assert.Equal([HashOfMary, "", "", ""], matcher.Cells("mary@example.com", "no phone", "Atlantis", "#N/A"));
        Assert.Equal(
            new Dictionary<SkipReason, long> { [SkipReason.NoPhone] = 1, [SkipReason.NoCountry] = 1, [SkipReason.FormulaError] = 1 },
            _skipped.Totals);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u00a0\t")]
    public void A_blank_cell_is_empty_and_is_not_counted(string? blank)
    {
        string?[] values = [.. MatchKeys.All.Select(_ => blank)];

        Assert.All(Matcher([.. MatchKeys.All]).Cells(values), Assert.Empty);
        Assert.False(Matcher([.. MatchKeys.All]).Match(values).CanBeFound);
        Assert.Empty(_skipped.Totals);
    }

    [Theory]
    [InlineData(MatchKey.Email, "-", SkipReason.NoAddress)]
    [InlineData(MatchKey.Phone, "-", SkipReason.NoPhone)]
    [InlineData(MatchKey.FirstName, "-", SkipReason.NothingLeft)]
    [InlineData(MatchKey.City, "Москва", SkipReason.NothingLeft)]
    [InlineData(MatchKey.State, "-", SkipReason.NothingLeft)]
    [InlineData(MatchKey.PostalCode, "-", SkipReason.NoPostalCode)]
    [InlineData(MatchKey.Country, "-", SkipReason.NoCountry)]
    [InlineData(MatchKey.Gender, "-", SkipReason.NoGender)]
    [InlineData(MatchKey.BirthDay, "-", SkipReason.NoDate)]
    [InlineData(MatchKey.LastName, "#NV", SkipReason.FormulaError)]
    [InlineData(MatchKey.FirstName, "#BEZUG!", SkipReason.FormulaError)]
    [InlineData(MatchKey.FirstName, "#div/0!", SkipReason.FormulaError)]
    public void A_cell_that_cannot_be_read_is_counted_by_its_reason_each_time(MatchKey key, string value, SkipReason reason)
    {
        var matcher = Matcher([key]);

        Assert.Equal([""], matcher.Cells(value));
        Assert.Equal([""], matcher.Cells(value));

        Assert.Equal(new Dictionary<SkipReason, long> { [reason] = 2 }, _skipped.Totals);
    }

    [Fact]
    public void A_value_that_is_hashed_already_passes_only_where_the_rules_say_so()
    {
        var given = HashOfMary.ToUpperInvariant();

        MatchKey[] keys = [MatchKey.Email, MatchKey.LastName];

        Assert.Equal([HashOfMary, HashOfMary], Matcher(keys, new(null, TakesHashes: true)).Cells(given, given));
        Assert.Equal(["", ""], Matcher(keys).Cells(given, given));
    }

    [Fact]
    public void The_hash_of_nothing_is_not_sent_even_when_hashes_are_taken() =>
        Assert.Equal([""], Matcher([MatchKey.Email], new(null, TakesHashes: true)).Cells(HashOfNothing));

    [Theory]
    [InlineData(true, MatchKey.Email, "mary@example.com")]
    [InlineData(true, MatchKey.Phone, "+49 170 1234567")]
    [InlineData(true, MatchKey.FirstName, "Mary", MatchKey.LastName, "Doe", MatchKey.City, "Bern")]
    [InlineData(true, MatchKey.FirstName, "Mary", MatchKey.LastName, "Doe", MatchKey.PostalCode, "10115")]
    [InlineData(false, MatchKey.FirstName, "Mary", MatchKey.LastName, "Doe", MatchKey.Country, "DE")]
    [InlineData(false, MatchKey.FirstName, "Mary", MatchKey.LastName, "Doe", MatchKey.BirthYear, "1980")]
    [InlineData(false, MatchKey.LastName, "Doe", MatchKey.City, "Bern", MatchKey.PostalCode, "3000")]
    public void A_person_can_be_found_by_what_tells_them_from_their_namesakes(bool canBeFound, params object[] pairs)
    {
        var keys = pairs.OfType<MatchKey>().ToArray();

        Assert.Equal(canBeFound, Matcher(keys).Match([.. pairs.OfType<string>()]).CanBeFound);
    }

    [Fact]
    public void A_name_with_a_whole_date_of_birth_in_one_column_is_enough()
    {
        var matcher = Matcher([MatchKey.FirstName, MatchKey.LastName, MatchKey.BirthYear, MatchKey.BirthMonth, MatchKey.BirthDay]);
        string[] values = ["Mary", "Doe", "1980-03-07", "1980-03-07", "1980-03-07"];

        Assert.True(matcher.Match(values).CanBeFound);
        Assert.Equal(
            [
                "051c2e380d07844ffaca43743957f8c0efe2bdf74c6c1e6a9dcccb8d1a3c596b",
                "0b8efa5a3bf104413a725c6ff0459a6be12b1fd33314cbb138745baf39504ae5",
                "19b100ab7725c612f3d80ff203ca53cea5cadaafae3bf0f88f0fb4089fe08815",
            ],
            matcher.Cells(values)[2..]);
    }

    [Fact]
    public void A_value_longer_than_any_address_is_no_value()
    {
        var matcher = Matcher([MatchKey.FirstName, MatchKey.Country]);

        Assert.Equal(["", ""], matcher.Cells(new string('a', 100_000), new string('ﬃ', 100_000)));
    }

    [Fact]
    public void A_default_country_that_is_none_counts_as_no_country() =>
        Assert.Equal([""], Matcher([MatchKey.Phone], new("XX")).Cells("030 1234567"));

    [Fact]
    public void A_key_cannot_be_given_twice_and_each_key_has_a_value()
    {
        Assert.Throws<ArgumentException>(() => Matcher([MatchKey.Email, MatchKey.Email]));
        Assert.Throws<ArgumentException>(() => Matcher([MatchKey.Email]).Match([]));
    }

    [Fact]
    public void Nothing_of_a_person_stands_in_their_text() =>
        Assert.Equal(nameof(MatchedPerson), Matcher([MatchKey.Email]).Match(["mary@example.com"]).ToString());

    [Fact]
    public void Each_key_is_a_column_of_the_platforms_schema() => Assert.Equal(
        "EMAIL, PHONE, FN, LN, CT, ST, ZIP, COUNTRY, GEN, DOBY, DOBM, DOBD",
        string.Join(", ", MatchKeys.All.Select(MatchKeys.NameAtFacebook)));

    private PersonMatcher Matcher(MatchKey[] keys, MatchRules? rules = null) => new(keys, rules ?? new(null), _skipped);
}
