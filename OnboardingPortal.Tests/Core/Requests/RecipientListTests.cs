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
    [InlineData("Bakery <info@bakery.example>")]
    [InlineData("\"a b\"@bakery.example")]
    [InlineData("info@bakery.example\0")]
    [InlineData("info@bakery.example\u0085Bcc: all@bakery.example")]
    [InlineData("info@bak_ery!.example")]
    public void What_is_no_bare_address_is_refused_by_name(string typed) =>
        Assert.Equal([typed.Trim()], Assert.IsType<AddressesRefused>(RecipientList.Read($"good@bakery.example,{typed}").Error).Addresses);

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
        Assert.False(RecipientList.IsAddress($"{new string('a', 65)}@bakery.example"));
}
