using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Tests.Core.Agencies;

public sealed class BrandColourTests
{
    private static readonly BrandColour DarkPage = BrandColour.Night;

    [Theory]
    [InlineData("#ffffff", "#000000", 21)]
    [InlineData("#777777", "#ffffff", 4.48)] // the grey that just fails, and the one that just passes
    [InlineData("#767676", "#ffffff", 4.54)]
    [InlineData("#ff0000", "#ffffff", 4.00)]
    [InlineData("#0000ff", "#ffffff", 8.59)]
    [InlineData("#ffff00", "#ffffff", 1.07)]
    [InlineData("#4f46e5", "#4f46e5", 1)]
    public void Contrast_is_what_WCAG_says(string colour, string other, double expected) =>
        Assert.Equal(expected, Colour(colour).ContrastWith(Colour(other)), 0.01);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("red")]
    [InlineData("#fff")]
    [InlineData("#12345g")]
    [InlineData("#1234567")]
    [InlineData("4f46e5")]
    [InlineData("# f46e5")]
    [InlineData("#+f46e5")]
    [InlineData("#fffff\n")]
    [InlineData("#fff;x:")]
    [InlineData("rgb(1,2,3)")]
    [InlineData("url(javascript:alert(1))")]
    public void What_is_no_colour_is_none(string? text) => Assert.Null(BrandColour.Parse(text));

    [Fact]
    public void A_colour_is_written_as_it_is_read() => Assert.Equal("#0f766e", BrandColour.Parse("#0F766E").ToString());

    [Theory]
    [InlineData("#4f46e5", "#4f46e5")] // passes already
    [InlineData("#ffffff", "#767676")] // the nearest grey
    [InlineData("#777777", "#767676")]
    public void The_nearest_passing_shade_of_a_grey_is_the_lightest_grey_that_passes(string colour, string expected) =>
        Assert.Equal(expected, Colour(colour).NearestPassing(BrandColour.White).ToString());

    [Theory]
    [InlineData("#ff0000")]
    [InlineData("#ffcc00")]
    [InlineData("#00ff88")]
    [InlineData("#7ec8e3")]
    [InlineData("#ff69b4")]
    [InlineData("#ffffff")]
    [InlineData("#000000")]
    [InlineData("#0f766e")]
    public void Every_brand_gets_shades_that_can_be_read_in_both_schemes(string brand)
    {
        var (light, dark) = (BrandShades.Light(Colour(brand)), BrandShades.Dark(Colour(brand)));

        Assert.All([BrandColour.White, light.On], ground => Assert.True(light.Primary.IsReadableOn(ground)));
        Assert.All([light.Tint, light.On, Colour("#f8fafc")], ground => Assert.True(light.Strong.IsReadableOn(ground)));
        Assert.All([BrandColour.DarkCard, DarkPage, dark.On], ground => Assert.True(dark.Primary.IsReadableOn(ground)));
        Assert.All([dark.Tint, dark.On, BrandColour.DarkCard], ground => Assert.True(dark.Strong.IsReadableOn(ground)));
    }

    [Theory]
    [InlineData("#ff0000")]
    [InlineData("#ffcc00")]
    [InlineData("#7ec8e3")]
    public void The_proposed_shade_keeps_the_hue_and_is_the_lightest_that_passes(string brand)
    {
        var proposed = Colour(brand).NearestPassing(BrandColour.White);

        Assert.InRange(proposed.ContrastWith(BrandColour.White), BrandColour.LeastContrast, BrandColour.LeastContrast + 0.1);
        Assert.Equal(HueOf(Colour(brand)), HueOf(proposed), 2.0);
    }

    private static BrandColour Colour(string text) => BrandColour.Parse(text) ?? throw new ArgumentException(text, nameof(text));

    private static double HueOf(BrandColour colour) => System.Drawing.Color.FromArgb(colour.Red, colour.Green, colour.Blue).GetHue();
}
