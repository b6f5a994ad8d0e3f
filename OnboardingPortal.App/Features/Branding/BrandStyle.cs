using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Branding;

/// <summary>A brand's colours as the variables that <c>look.css</c> takes them from.</summary>
public static class BrandStyle
{
    /// <summary>For a style attribute; null = the portal's colours.</summary>
    public static string? Of(ClientBrand? brand) =>
        brand?.Colour is { } colour
            ? $"{Variables("light", BrandShades.Light(colour))};{Variables("dark", BrandShades.Dark(colour))}"
            : null;

    private static string Variables(string scheme, BrandShades shades) =>
        $"--{scheme}-primary:{shades.Primary};--{scheme}-rgb:{shades.Primary.Red},{shades.Primary.Green},{shades.Primary.Blue};"
        + $"--{scheme}-strong:{shades.Strong};--{scheme}-on:{shades.On};--{scheme}-tint:{shades.Tint}";
}
