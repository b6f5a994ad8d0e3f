using System.Globalization;

namespace OnboardingPortal.Core.Agencies;

/// <summary>A colour of sRGB, with what WCAG 2.2 says of it.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct BrandColour(byte Red, byte Green, byte Blue)
{
    /// <summary>The least contrast of text and its ground that WCAG 2.2 asks for at level AA (criterion 1.4.3).</summary>
    public const double LeastContrast = 4.5;

    private const int Shades = 1000;

    /// <summary>White.</summary>
    public static BrandColour White { get; } = new(255, 255, 255);

    /// <summary>
    /// The ground of cards in the dark scheme: the lighter of its two grounds, so that light text which passes here passes on both.
    /// </summary>
    public static BrandColour DarkCard { get; } = new(0x1e, 0x29, 0x3b);

    /// <summary>The dark scheme's page, and the text on light shades.</summary>
    public static BrandColour Night { get; } = new(0x0f, 0x17, 0x2a);

    /// <summary>Reads <c>#rrggbb</c>, in upper or lower case; null for everything else.</summary>
    public static BrandColour? Parse(string? text) =>
        text is ['#', _, _, _, _, _, _]
            && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : null;

    /// <summary>As <c>#rrggbb</c> in lower case.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>The contrast ratio of WCAG 2.2: 1 (none) to 21 (black on white).</summary>
    public double ContrastWith(BrandColour other)
    {
        var mine = Luminance();
        var theirs = other.Luminance();
        return (Math.Max(mine, theirs) + 0.05) / (Math.Min(mine, theirs) + 0.05);
    }

    /// <summary>Whether text in one of the two colours can be read on the other.</summary>
    public bool IsReadableOn(BrandColour ground) => ContrastWith(ground) >= LeastContrast;

    /// <summary>The shade nearest in lightness, of the same hue and saturation, that can be read on a ground; itself when it can.</summary>
    /// <param name="ground">White, or a dark ground.</param>
    public BrandColour NearestPassing(BrandColour ground)
    {
        if (IsReadableOn(ground)) return this;
        var (hue, saturation, lightness) = ToHsl();
        var step = ground.Luminance() > 0.18 ? -1 : 1; // away from the ground
        var start = (int)Math.Round(lightness * Shades);
        for (var shade = start + step; shade is > 0 and < Shades; shade += step)
        {
            var colour = FromHsl(hue, saturation, (double)shade / Shades);
            if (colour.IsReadableOn(ground)) return colour;
        }

        return step < 0 ? default : White;
    }

    /// <summary>A part of this colour over a ground.</summary>
    /// <param name="part">0 (only the ground) to 1.</param>
    /// <param name="ground">What shines through.</param>
    internal BrandColour Over(BrandColour ground, double part)
    {
        return new(Mix(Red, ground.Red), Mix(Green, ground.Green), Mix(Blue, ground.Blue));

        byte Mix(byte mine, byte below) => (byte)Math.Round((mine * part) + (below * (1 - part)));
    }

    private double Luminance()
    {
        return (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

        static double Linear(byte part)
        {
            var value = part / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    private (double Hue, double Saturation, double Lightness) ToHsl()
    {
        var red = Red / 255.0;
        var green = Green / 255.0;
        var blue = Blue / 255.0;
        var most = Math.Max(red, Math.Max(green, blue));
        var least = Math.Min(red, Math.Min(green, blue));
        var lightness = (most + least) / 2;
        var range = most - least;
        if (range == 0) return (0, 0, lightness);
        var saturation = range / (1 - Math.Abs((2 * lightness) - 1));
        var hue = most == red ? (green - blue) / range : most == green ? ((blue - red) / range) + 2 : ((red - green) / range) + 4;
        return (((hue * 60) + 360) % 360, saturation, lightness);
    }

    private static BrandColour FromHsl(double hue, double saturation, double lightness)
    {
        var reach = saturation * Math.Min(lightness, 1 - lightness);
        return new(Part(0), Part(8), Part(4));

        byte Part(int offset) // the formula of CSS Color 4, section 7
        {
            var place = (offset + (hue / 30)) % 12;
            return (byte)Math.Round(255 * (lightness - (reach * Math.Max(-1, Math.Min(Math.Min(place - 3, 9 - place), 1)))));
        }
    }
}

/// <summary>The shades of a brand in one scheme.</summary>
/// <param name="Primary">Buttons and links on cards.</param>
/// <param name="Strong">Links on other grounds, and pressed buttons.</param>
/// <param name="On">Text on <paramref name="Primary"/> and on <paramref name="Strong"/>.</param>
/// <param name="Tint">A ground for what is chosen; <paramref name="Strong"/> can be read on it.</param>
public sealed record BrandShades(BrandColour Primary, BrandColour Strong, BrandColour On, BrandColour Tint)
{
    private const double LightTint = 0.08;
    private const double DarkTint = 0.18;

    /// <summary>The shades on light grounds.</summary>
    public static BrandShades Light(BrandColour brand)
    {
        var primary = brand.NearestPassing(BrandColour.White);
        var tint = primary.Over(BrandColour.White, LightTint);
        return new(primary, primary.NearestPassing(tint), BrandColour.White, tint);
    }

    /// <summary>The shades on dark grounds.</summary>
    public static BrandShades Dark(BrandColour brand)
    {
        var primary = brand.NearestPassing(BrandColour.DarkCard);
        var tint = primary.Over(BrandColour.DarkCard, DarkTint);
        return new(primary, primary.NearestPassing(tint), BrandColour.Night, tint);
    }
}
