using CsCheck;
using OnboardingPortal.Core.Matching.Cells;
using PhoneNumbers;

namespace OnboardingPortal.Tests.Core.Matching;

/// <summary>The short way to read a telephone number says what the library says, or nothing.</summary>
public sealed class NumberingPlanTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    private static readonly string[] Regions = [.. Library.GetSupportedRegions().Order(StringComparer.Ordinal)];

    private static readonly Gen<string> Numbers = Gen.OneOf([.. "0123456789"]).Array[5, 13].Select(digits => new string(digits));

    [Fact]
    public void A_number_with_its_countrys_code_is_read_as_the_library_reads_it() =>
        Gen.Select(Gen.OneOf(Regions), Gen.OneOf("+", "00"), Gen.OneOf("", "0", "(0)", " "), Numbers)
            .Sample((region, plus, trunk, number) =>
            {
                var code = Library.GetCountryCodeForRegion(region);
                Compare($"{plus}{code}{trunk}{number}", $"+{code}{(trunk == "(0)" && code != 39 ? "" : trunk)}{number}", null);
            }, iter: 50_000);

    [Fact]
    public void A_number_without_a_code_is_read_as_the_library_reads_it_in_the_default_country() =>
        Gen.Select(Gen.OneOf(Regions), Gen.OneOf("", "0", "1", "8"), Numbers).Sample((region, trunk, number) =>
            Compare($"{trunk}{number}", $"{trunk}{number}", region), iter: 50_000);

    [Theory]
    [InlineData("+49 170 1234567", null)]
    [InlineData("0170/123 45 67", "DE")]
    [InlineData("+1 (555) 987-6543", null)]
    [InlineData("(555) 987-6543", "US")]
    [InlineData("020 7946 0018", "GB")]
    [InlineData("06 69812345", "IT")]
    [InlineData("+33 1 42 68 53 00", null)]
    [InlineData("0044 20 7946 0018", "DE")]
    public void The_common_ways_to_write_a_number_do_not_need_the_library(string number, string? country)
    {
        Span<char> into = stackalloc char[32];

        Assert.NotEqual(0, NumberingPlan.Write(number, country, into));
    }

    private static void Compare(string text, string asRead, string? region)
    {
        Span<char> into = stackalloc char[32];
        var length = NumberingPlan.Write(text, region, into);
        if (length > 0) Assert.Equal(OfLibrary(asRead, region), into[..length].ToString());
    }

    private static string? OfLibrary(string text, string? region)
    {
        try
        {
            var number = Library.Parse(text, region);
            return Library.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE
                ? Library.Format(number, PhoneNumberFormat.E164)[1..] : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
