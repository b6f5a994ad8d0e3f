using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Tests.Core.Matching;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("mary@example.com", "m…@e….com")]
    [InlineData("mary@mail.example.com", "m…@m….com")]
    [InlineData("jo@ab.de", "…@….de")]
    [InlineData("mary@example.mary-lives-here", "m…@…")]
    [InlineData("+49 170 12345 67", "+49 … 67")]
    [InlineData("0044 20 7946 0018", "+44 … 18")]
    [InlineData("0170 1234567", "… 67")]
    [InlineData("Mary", "M…")]
    [InlineData("Mary-Ann Doe", "M…")]
    [InlineData("Jo", "…")]
    [InlineData("10115", "1…")]
    [InlineData("王小明", "王…")]
    [InlineData("Владимир", "В…")]
    [InlineData("E\u0301tienne", "E\u0301…")]
    [InlineData("𐐐𐐜𐐜", "𐐐…")]
    [InlineData("👩‍👩‍👧‍👦abc", "…")]
    [InlineData("\u202eyram", "…")]
    [InlineData("<b>Mary</b>", "…")]
    [InlineData("  ", "")]
    [InlineData(null, "")]
    public void Only_so_much_is_shown_that_a_column_can_be_told_by_it(string? value, string mask) => Assert.Equal(mask, Masking.Of(value));

    [Fact]
    public void A_letter_with_marks_without_end_is_not_shown() =>
        Assert.Equal("…", Masking.Of($"M{new string('\u0301', 1_000)}ary"));

    [Theory]
    [InlineData("…")]
    [InlineData("…@….com")]
    public void A_value_that_looks_like_its_own_mask_is_not_shown(string value) => Assert.Empty(Masking.Of(value));
}
