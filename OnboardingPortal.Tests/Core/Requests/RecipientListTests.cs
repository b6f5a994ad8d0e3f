using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Tests.Core.Requests;

public sealed class RecipientListTests
{
    [Fact]
    public void Addresses_are_separated_by_commas_semicolons_or_new_lines() =>
        Assert.Equal(
            ["a@bakery.example", "b@bakery.example", "c@bakery.example", "d@bakery.example"],
            RecipientList.Read(" a@bakery.example, b@bakery.example;\r\nc@bakery.example\n\n;d@bakery.example,").Value);

    [Fact]
    public void An_address_named_twice_counts_once_whatever_its_case() =>
        Assert.Equal(["a@bakery.example"], RecipientList.Read("a@bakery.example; A@Bakery.Example").Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ,; \n")]
    public void Nothing_is_no_address(string? typed) => Assert.IsType<AddressMissing>(RecipientList.Read(typed).Error);

    [Theory]
    [InlineData("bakery")]
    [InlineData("@bakery.example")]
    [InlineData("info@")]
    [InlineData("info@bakery")]
    [InlineData("info@bakery..example")]
    [InlineData("info@.example")]
    [InlineData("info@bakery.example.")]
    [InlineData("info@[192.0.2.1]")]
    [InlineData("in fo@bakery.example")]
    [InlineData("a.@bakery.example")]
    [InlineData(".a@bakery.example")]
    [InlineData("a..b@bakery.example")]
    [InlineData("=?utf-8?q?info?=@bakery.example")]
    [InlineData("=?utf-8?q?info=40evil.example?=@bakery.example")]
    [InlineData("info(comment)@bakery.example")]
    [InlineData("<@relay.example:info@bakery.example>")]
    [InlineData("group:info@bakery.example")]
    [InlineData("bäcker@bakery.example")]
    [InlineData("info@-bakery.example")]
    [InlineData("info@bakery_.example")]
    [InlineData("info@bakery.123")]
    [InlineData("info@xn--.example")]
    [InlineData("<<info@bakery.example>>")]
    [InlineData("Bakery <info>")]
    [InlineData("\"a b\"@bakery.example")]
    [InlineData("info@bakery.example\0")]
    [InlineData("info@bakery.example\u0085Bcc: all@bakery.example")]
    [InlineData("info@bak_ery!.example")]
    public void What_is_no_bare_address_is_refused_by_name(string typed) =>
        Assert.Equal([typed.Trim()], Assert.IsType<AddressesRefused>(RecipientList.Read($"good@bakery.example,{typed}").Error).Addresses);

    [Theory]
    [InlineData("Nora Baker <nora@bakery.example>", "nora@bakery.example")]
    [InlineData("<nora@bakery.example>", "nora@bakery.example")]
    [InlineData("\"Baker, Nora\" <nora@bakery.example>", "nora@bakery.example")]
    [InlineData("Baker, Nora <nora@bakery.example>; Olaf <olaf@bakery.example>", "nora@bakery.example", "olaf@bakery.example")]
    [InlineData("nora@bakery.example <nora@bakery.example>", "nora@bakery.example")]
    [InlineData("nora@bakery.example\u200b", "nora@bakery.example")]
    [InlineData("no\u200bra@bakery.example, \ufeffnora@bakery.example", "nora@bakery.example")]
    [InlineData("\u00a0nora@bakery.example \u202f", "nora@bakery.example")]
    [InlineData("mailto:nora@bakery.example", "nora@bakery.example")]
    [InlineData("nora+ads@bakery.example", "nora+ads@bakery.example")]
    [InlineData("nora@bakery.example olaf@bakery.example|pia@bakery.example ::: rosa@bakery.example\tsven@bakery.example",
        "nora@bakery.example", "olaf@bakery.example", "pia@bakery.example", "rosa@bakery.example", "sven@bakery.example")]
    [InlineData("nora@bakery.example / olaf@bakery.example", "nora@bakery.example", "olaf@bakery.example")]
    [InlineData("nora@bakery.example/olaf@bakery.example", "nora@bakery.example", "olaf@bakery.example")]
    [InlineData("nora@bakery.example & olaf@bakery.example und pia@bakery.example", "nora@bakery.example", "olaf@bakery.example", "pia@bakery.example")]
    [InlineData("nora@bakery.example；olaf@bakery.example、pia@bakery.example", "nora@bakery.example", "olaf@bakery.example", "pia@bakery.example")]
    [InlineData("nora/ads@bakery.example", "nora/ads@bakery.example")]
    [InlineData("no\u00adra@bakery.example\u2060", "nora@bakery.example")]
    [InlineData("Nora Baker (Bakery) <nora@bakery.example>", "nora@bakery.example")]
    [InlineData("info@bäckerei.example", "info@bäckerei.example")]
    [InlineData("info@bäckerei.example, INFO@xn--bckerei-5wa.example", "info@bäckerei.example")]
    [InlineData("o'hara_#1!x@bakery.example", "o'hara_#1!x@bakery.example")]
    public void What_people_paste_is_read_as_they_mean_it(string typed, params string[] meant) =>
        Assert.Equal(meant, RecipientList.Read(typed).Value);

    [Fact]
    public void At_most_ten_wrong_addresses_are_named_and_long_ones_are_cut()
    {
        var typed = string.Join(',', Enumerable.Range(0, 12).Select(i => new string('x', 200) + i));

        var refused = Assert.IsType<AddressesRefused>(RecipientList.Read(typed).Error);

        Assert.Equal(10, refused.Addresses.Count);
        Assert.InRange(refused.Addresses.Max(a => a.Length), 1, 81);
    }

    [Fact]
    public void Fifty_addresses_are_taken_and_fifty_one_are_too_many()
    {
        Assert.Equal(50, RecipientList.Read(Many(50)).Value.Count);
        Assert.Equal(new TooManyAddresses(51), RecipientList.Read(Many(51)).Error);

        static string Many(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $"a{i}@bakery.example"));
    }

    [Fact]
    public void An_address_longer_than_mail_allows_is_refused() =>
        Assert.Null(EmailAddress.Read($"{new string('a', 65)}@bakery.example"));
}
