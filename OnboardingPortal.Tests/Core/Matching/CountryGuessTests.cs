using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Tests.Core.Matching;

public sealed class CountryGuessTests
{
    [Fact]
    public void The_country_of_most_numbers_with_a_code_is_the_guess() =>
        Assert.Equal(
            "DE", CountryGuess.Of(["+49 170 1234567", "0049 30 1234567", "030 1234567", "+41 44 668 18 00", "no number", null, ""]));

    [Fact]
    public void Numbers_of_one_code_are_told_apart_by_the_country_that_they_are_valid_in() =>
        Assert.Equal("CA", CountryGuess.Of(["+1 416 555 0123", "+1 604 555 0199", "+1 202 555 0143"]));

    [Fact]
    public void Numbers_that_suggest_no_country_are_no_guess()
    {
        Assert.Null(CountryGuess.Of(["030 1234567", "0170 1234567"]));
        Assert.Null(CountryGuess.Of(["+49 170 1234567"]));
        Assert.Null(CountryGuess.Of(["+49 170 1234567", "+49 171 1234567", "+41 44 668 18 00", "+43 1 58858 0"]));
        Assert.Null(CountryGuess.Of([]));
    }
}
