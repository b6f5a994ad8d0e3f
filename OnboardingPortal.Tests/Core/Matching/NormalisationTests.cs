using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Matching.Cells;

namespace OnboardingPortal.Tests.Core.Matching;

/// <summary>What each kind of value becomes before it is hashed, and the hash.</summary>
public sealed class NormalisationTests
{
    /// <summary>Known answers, from Facebook's guide or worked out with another tool.</summary>
    /// <seealso href="https://developers.facebook.com/documentation/ads-commerce/marketing-api/audiences/guides/custom-audiences" />
    public static TheoryData<MatchKey, string, string?, string, string> Vectors => new()
    {
        { MatchKey.Email, "  Mary@Example.COM ", null, "mary@example.com",
            "f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79" },
        { MatchKey.Email, "jo+news@example.org", null, "jo+news@example.org",
            "681a7ed95b0f662a0fa7ab19be83e35bd6e22194b671d16b7a8256c636dd95e0" },
        { MatchKey.Phone, "+1 (555) 987-6543", null, "15559876543", "1ef970831d7963307784fa8688e8fce101a15685d62aa765fed23f3a2c576a4e" },
        { MatchKey.Phone, "0049 (0)30 1234567", null, "49301234567", "2f9fbc550b12cbc0e6242384cc472bd1e4f058a8b773f189f7acb86d202655ce" },
        { MatchKey.Phone, "030/123 45 67", "DE", "49301234567", "2f9fbc550b12cbc0e6242384cc472bd1e4f058a8b773f189f7acb86d202655ce" },
        { MatchKey.FirstName, "Mary-Ann ", null, "maryann", "16b3f07f0ec2f9dd127b71dc2e6c791b7d93116a1c3bc99d057eaa7a8a077e73" },
        { MatchKey.FirstName, "  José María", null, "josémaría", "a6a9049d39c4dd1cc332a44c64da6e6ce99e4ddbc1e9b6595e7f7bad60ef5ef6" },
        { MatchKey.FirstName, "Jose\u0301", null, "jos\u00e9", "d994e1d001886fe5b45b1267bd1fa2b752ac50742579bd3dad7b2a2aa0ed6866" },
        { MatchKey.LastName, "O'Neil", null, "oneil", "67a42a846e98e3c1a96cd6ba14883a5ea05990cd93964ce8b832aa9497ca785c" },
        { MatchKey.LastName, "Müller", null, "müller", "2dbd218072117713f2d5996a726a9b216ed791ffd0783b6ba4ab6d61b8333192" },
        { MatchKey.LastName, "Владимир", null, "владимир", "c08a1749f18455682837634c29901ad94660a5e1d6b75ff1f72eade488da89c0" },
        { MatchKey.City, "St. Gallen", null, "stgallen", "16a16b9670fe28bcb642bbb739ebb0c2ed33b0c870498becd2d6b02cf48a0106" },
        { MatchKey.City, "München", null, "munchen", "8a3978d5bc1730b70a040917150b3d6e9a21d5ddfb173b98517ce29e43fcb360" },
        { MatchKey.City, "Москва", null, "", "" },
        { MatchKey.City, "San Francisco", null, "sanfrancisco", "1a6bd4d9d79dc0a79b53795c70d3349fa9e38968a3fbefbfe8783efb1d2b6aac" },
        { MatchKey.State, "California", "US", "ca", "6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126" },
        { MatchKey.State, "CA", "US", "ca", "6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126" },
        { MatchKey.State, "Bayern", "DE", "bayern", "52b07f18c831ba4b08ba0b8bc84c6e023a825dfd385d20d8dcbf410d11c546e7" },
        { MatchKey.State, "Baden-Württemberg", "DE", "badenwurttemberg",
            "ccebc25f2ce18cf73faab69536230b008174a1966c5bac337f4e3fa6e15abf20" },
        { MatchKey.PostalCode, "94105-1234", "US", "94105", "e73ac16e69f060ee98b0fda5f66f48c4648ee26950e9bab3a097389853fd859e" },
        { MatchKey.PostalCode, "SW1A 1AA", "GB", "sw1a1", "949af780a19e6f6d4b99d7044743348dbbb7ab2245fe146863573b23d02c5890" },
        { MatchKey.PostalCode, "K1A 0A6", "CA", "k1a0a6", "88bb605b795a6637a208420a8fb91caff1c1d332a5a218cabf16d3e88d905b2d" },
        { MatchKey.PostalCode, "10115", "DE", "10115", "ac7bb74de6884ffce919c15fef4193749d4588026c643973946713ac46da540d" },
        { MatchKey.Country, "Germany", null, "de", "959a45d44e6fcf58361ed004681556fe50129f2109e817dec098c00c9e5d2578" },
        { MatchKey.Country, "Deutschland", null, "de", "959a45d44e6fcf58361ed004681556fe50129f2109e817dec098c00c9e5d2578" },
        { MatchKey.Country, "DE", null, "de", "959a45d44e6fcf58361ed004681556fe50129f2109e817dec098c00c9e5d2578" },
        { MatchKey.Country, "UK", null, "gb", "0b407281768f0e833afef47ed464b6571d01ca4d53c12ce5c51d1462f4ad6677" },
        { MatchKey.Country, "US", null, "us", "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621" },
        { MatchKey.Gender, "Female", null, "f", "252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111" },
        { MatchKey.BirthYear, "1980", null, "1980", "051c2e380d07844ffaca43743957f8c0efe2bdf74c6c1e6a9dcccb8d1a3c596b" },
        { MatchKey.BirthMonth, "3", null, "03", "0b8efa5a3bf104413a725c6ff0459a6be12b1fd33314cbb138745baf39504ae5" },
        { MatchKey.BirthDay, "7", null, "07", "19b100ab7725c612f3d80ff203ca53cea5cadaafae3bf0f88f0fb4089fe08815" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_value_becomes_the_text_and_the_hash_of_the_known_answer(
        MatchKey key, string raw, string? country, string normalised, string hash)
    {
        Assert.Equal(normalised, Cell.Normalise(key, raw, country));
        Assert.Equal(hash, new PersonMatcher([key], new(country), new()).Cells(raw).Single());
        if (hash.Length > 0) Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalised))));
    }

    [Theory]
    [InlineData("\u200bmary@example.com\u00a0", "mary@example.com")]
    [InlineData("Mary <Mary@Example.com>", "mary@example.com")]
    [InlineData("mailto:mary@example.com", "mary@example.com")]
    [InlineData("jo@bücher.example", "jo@bücher.example")]
    [InlineData("mary@example", "")]
    [InlineData("mary@example.com, jo@example.com", "")]
    [InlineData("mary", "")]
    [InlineData("@example.com", "")]
    [InlineData("mary..ann@example.com", "")]
    [InlineData("mary@10.0.0.1", "")]
    public void An_address_is_found_in_what_a_list_has_around_it_and_nothing_else_passes(string raw, string normalised) =>
        Assert.Equal(normalised, Cell.Normalise(MatchKey.Email, raw, null));

    [Theory]
    [InlineData("+49 (0)170 1234567", null, "491701234567")]
    [InlineData("(+49) 170-123.45.67", null, "491701234567")]
    [InlineData("+49 030 1234567", null, "49301234567")]
    [InlineData("00 49 170 1234567", "US", "491701234567")]
    [InlineData("491701234567", "DE", "491701234567")]
    [InlineData("0170 1234567", "DE", "491701234567")]
    [InlineData("1701234567", "DE", "491701234567")]
    [InlineData("01 42 68 53 00", "FR", "33142685300")]
    [InlineData("+39 06 6982", null, "39066982")]
    [InlineData("06 69812345", "IT", "390669812345")]
    [InlineData("+39 (0)6 69812345", null, "390669812345")]
    [InlineData("+352 (0)621 123 456", null, "352621123456")]
    [InlineData("(555) 987-6543", "US", "15559876543")]
    [InlineData("1-555-987-6543", "US", "15559876543")]
    [InlineData("15559876543", "US", "15559876543")]
    [InlineData("+44 20 7946 0018 ext. 12", null, "442079460018")]
    [InlineData("020 7946 0018", "GB", "442079460018")]
    [InlineData("Tel.: +41 44 668 18 00", null, "41446681800")]
    [InlineData("＋４９ １７０ １２３４５６７", null, "491701234567")]
    [InlineData("8 (912) 345-67-89", "RU", "79123456789")]
    [InlineData("030 1234567", null, "")]
    [InlineData("987-6543", "US", "")]
    [InlineData("110", "DE", "")]
    [InlineData("4.91701E+11", "DE", "")]
    [InlineData("none", "DE", "")]
    [InlineData("+999 123456789", null, "")]
    public void A_telephone_number_has_its_country_and_no_trunk_zero_or_is_left_out(string raw, string? country, string normalised) =>
        Assert.Equal(normalised, Cell.Normalise(MatchKey.Phone, raw, country));

    [Theory]
    [InlineData("O’Neil", "oneil")]
    [InlineData("van der Berg", "vanderberg")]
    [InlineData("ΠΑΠΑΔΟΠΟΥΛΟΣ", "παπαδοπουλος")]
    [InlineData("İpek", "i\u0307pek")]
    [InlineData("王 小明", "王小明")]
    [InlineData("Louis 14", "louis14")]
    [InlineData("ﬁona", "ﬁona")]
    [InlineData("𐐐𐐜", "𐐸𐑄")]
    [InlineData("प्रिया", "प्रिया")]
    [InlineData("-", "")]
    [InlineData("😀", "")]
    public void A_name_keeps_the_letters_of_its_alphabet_and_nothing_else(string raw, string normalised) =>
        Assert.Equal(normalised, Cell.Normalise(MatchKey.LastName, raw, null));

    [Theory]
    [InlineData("Straßburg", "strassburg")]
    [InlineData("Łódź", "lodz")]
    [InlineData("KØBENHAVN", "kobenhavn")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("Munchen\u0308", "munchen")]
    [InlineData("Thành phố Hồ Chí Minh", "thanhphohochiminh")]
    [InlineData("Tōkyō 東京", "tokyo")]
    [InlineData("12345", "")]
    public void A_city_is_written_in_a_to_z(string raw, string normalised) =>
        Assert.Equal(normalised, Cell.Normalise(MatchKey.City, raw, null));

    [Theory]
    [InlineData("Québec", null, "qc")]
    [InlineData("new york", "DE", "ny")]
    [InlineData("Washington, D.C.", "US", "dc")]
    [InlineData("Montana", "BG", "montana")]
    [InlineData("NRW", "DE", "nrw")]
    public void A_state_of_the_United_States_or_Canada_is_two_letters_and_another_one_whole(
        string raw, string? country, string normalised) =>
        Assert.Equal(normalised, Cell.Normalise(MatchKey.State, raw, country));

    [Theory]
    [InlineData("94105 1234", "US", "94105")]
    [InlineData("941051234", "US", "94105")]
    [InlineData("94105-1234", "DE", "94105")]
    [InlineData("12345-1234", "SA", "12345-1234")]
    [InlineData("00-950", "PL", "00-950")]
    [InlineData("m1 1ae", null, "m11")]
    [InlineData("1017 AB", "NL", "1017ab")]
    [InlineData("〒100–0001", "JP", "100-0001")]
    [InlineData("١٢٣٤٥", null, "12345")]
    [InlineData("Berlin", null, "")]
    [InlineData("1", null, "")]
    public void A_postal_code_is_cut_where_the_platform_cuts_it(string raw, string? country, string normalised) =>
        Assert.Equal(normalised, Cell.Normalise(MatchKey.PostalCode, raw, country));

    [Theory]
    [InlineData("USA", "us")]
    [InlineData("The Netherlands", "nl")]
    [InlineData("Bosnia and Herzegovina", "ba")]
    [InlineData("Österreich", "at")]
    [InlineData("Osterreich", "at")]
    [InlineData("Россия", "ru")]
    [InlineData("日本", "jp")]
    [InlineData("Ελλάδα", "gr")]
    [InlineData("Vereinigte Staaten", "us")]
    [InlineData("Großbritannien", "gb")]
    [InlineData("CHE", "ch")]
    [InlineData("Atlantis", "")]
    [InlineData("XX", "")]
    public void A_country_is_found_by_its_letters_and_by_its_names(string raw, string normalised) =>
        Assert.Equal(normalised, Cell.Normalise(MatchKey.Country, raw, null));

    [Fact]
    public void Every_country_is_found_by_each_of_its_names()
    {
        foreach (var line in CountryNames.Table.Split('\n', StringSplitOptions.TrimEntries))
        {
            var names = line.Split('|');
            Assert.All(names, name => Assert.Equal(names[0].ToLowerInvariant(), Cell.Normalise(MatchKey.Country, name, null)));
        }
    }

    [Theory]
    [InlineData("männlich", "m")]
    [InlineData("Frau", "f")]
    [InlineData("W", "f")]
    [InlineData("M.", "m")]
    [InlineData("Señora", "f")]
    [InlineData("divers", "")]
    [InlineData("1", "")]
    public void A_gender_is_one_of_the_two_that_can_be_sent_or_left_out(string raw, string normalised) =>
        Assert.Equal(normalised, Cell.Normalise(MatchKey.Gender, raw, null));

    [Theory]
    [InlineData("1980-03-07", null, "1980 03 07")]
    [InlineData("1980-03-07T00:00:00.000Z", null, "1980 03 07")]
    [InlineData("1980-03-07 12:30", null, "1980 03 07")]
    [InlineData("19800307", null, "1980 03 07")]
    [InlineData("7.3.1980", null, "1980 03 07")]
    [InlineData("7. März 1980", null, "1980 03 07")]
    [InlineData("March 7, 1980", null, "1980 03 07")]
    [InlineData("03/17/1980", null, "1980 03 17")]
    [InlineData("17/03/1980", null, "1980 03 17")]
    [InlineData("03/07/1980", "US", "1980 03 07")]
    [InlineData("03/07/1980", "GB", "1980 07 03")]
    [InlineData("03/07/1980", null, "1980  ")]
    [InlineData("03/07/1980", "CA", "1980  ")]
    [InlineData("03/03/1980", null, "1980 03 03")]
    [InlineData("03/07", "DE", " 03 07")]
    [InlineData("7.3.", null, " 03 07")]
    [InlineData("29.02.2000", null, "2000 02 29")]
    [InlineData("29.02.1900", null, "  ")]
    [InlineData("31.04.1980", null, "  ")]
    [InlineData("7.3.80", null, "  ")]
    [InlineData("1850-01-01", null, "  ")]
    [InlineData("yesterday", null, "  ")]
    public void A_whole_date_gives_each_key_its_part_and_what_is_not_clear_is_left_out(string raw, string? country, string parts) =>
        Assert.Equal(parts, string.Join(' ', new[] { MatchKey.BirthYear, MatchKey.BirthMonth, MatchKey.BirthDay }
            .Select(key => Cell.Normalise(key, raw, country))));

    [Theory]
    [InlineData(MatchKey.BirthMonth, "13")]
    [InlineData(MatchKey.BirthMonth, "0")]
    [InlineData(MatchKey.BirthDay, "32")]
    [InlineData(MatchKey.BirthYear, "80")]
    [InlineData(MatchKey.BirthYear, "2150")]
    public void A_part_of_a_date_that_does_not_exist_is_left_out(MatchKey key, string raw) => Assert.Empty(Cell.Normalise(key, raw, null));
}
