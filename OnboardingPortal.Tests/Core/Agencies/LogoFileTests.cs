using System.Text;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;
using SkiaSharp;

namespace OnboardingPortal.Tests.Core.Agencies;

public sealed class LogoFileTests
{
    private static readonly byte[] Script = Encoding.ASCII.GetBytes("<script>alert(1)</script>");
    private static readonly byte[] Jpeg = Pictures.Drawn(SKEncodedImageFormat.Jpeg, 40, 20);
    private static readonly byte[] WebP = Pictures.Drawn(SKEncodedImageFormat.Webp, 40, 20);

    public static TheoryData<string, byte[], string> Good => new()
    {
        { "PNG", Pictures.Png(), "96x32" },
        { "PNG of twenty million pixels", Pictures.Png(5000, 4000), "80x64" },
        { "PNG with texts", Pictures.Png(extra: [Pictures.Chunk("tEXt", Script), Pictures.Chunk("eXIf", Script)]), "96x32" },
        { "PNG that would move where that is shown", Pictures.Png(extra: Pictures.Chunk("acTL", new byte[8])), "96x32" },
        { "PNG with a script behind it", [.. Pictures.Png(), .. Script], "96x32" },
        { "JPEG", Jpeg, "40x20" },
        { "JPEG with texts", [.. Jpeg[..2], .. Pictures.Segment(0xe1, Script), .. Pictures.Segment(0xfe, Script), .. Jpeg[2..]], "40x20" },
        { "JPEG with a script behind it", [.. Jpeg, .. Script], "40x20" },
        { "WebP", WebP, "40x20" },
        { "WebP with a script behind it", [.. WebP, .. Script], "40x20" },
        { "GIF", Pictures.Gif(), "1x1" },
    };

    public static TheoryData<string, byte[], Type> Hostile => new()
    {
        { "nothing", [], typeof(LogoNotAPicture) },
        { "HTML", "<!doctype html><script>alert(1)</script>"u8.ToArray(), typeof(LogoNotAPicture) },
        { "SVG", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(), typeof(LogoNotAPicture) },
        { "a script that begins like a PNG", [.. "\x89PNG"u8, .. Script], typeof(LogoNotAPicture) },
        { "only a signature", Pictures.Png()[..8], typeof(LogoNotAPicture) },
        { "JPEG without a picture", [0xff, 0xd8, 0xff, 0xd9], typeof(LogoNotAPicture) },
        { "too heavy", new byte[LogoFile.MaxBytes + 1], typeof(LogoTooHeavy) },
        { "PNG cut off", Pictures.Png(400, 400)[..^60], typeof(LogoBroken) },
        { "PNG without pixels", Pictures.Png(rows: 0), typeof(LogoBroken) },
        { "PNG that unpacks to less than it says", Pictures.Png(100, 100, rows: 5), typeof(LogoBroken) },
        { "PNG just too large", [.. Pictures.Png()[..8], .. Pictures.Header(5000, 4001), .. Pictures.Png()[33..]], typeof(LogoTooLarge) },
        { "PNG of 60000 pixels", [.. Pictures.Png()[..8], .. Pictures.Header(60_000, 60_000), .. Pictures.Png()[33..]],
            typeof(LogoTooLarge) },
        { "JPEG cut off before its picture", Jpeg[..30], typeof(LogoNotAPicture) },
        { "JPEG of 60000 pixels", Pictures.Jpeg(60_000, 60_000), typeof(LogoTooLarge) },
        { "WebP of 16000 pixels", Pictures.WebP(16_000, 16_000), typeof(LogoTooLarge) },
        { "GIF that moves", Pictures.Gif(3), typeof(LogoAnimated) },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public void A_picture_is_made_anew_and_holds_nothing_but_its_pixels(string what, byte[] file, string expected)
    {
        var logo = LogoFile.Read(file);

        Assert.True(logo.Succeeded, $"{what}: {logo.Error}");
        var shown = $"{logo.Value.Mail.Width}x{logo.Value.Mail.Height}";
        Assert.True(shown == expected, $"{what}: {shown}");
        foreach (var picture in new[] { logo.Value.Page, logo.Value.Mail })
        {
            Assert.DoesNotContain("script", Encoding.Latin1.GetString(picture.Content), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void What_does_not_decode_and_what_is_more_than_a_logo_is_refused(string what, byte[] file, Type refusal)
    {
        var logo = LogoFile.Read(file);

        Assert.False(logo.Succeeded, what);
        Assert.True(logo.Error.GetType() == refusal, $"{what}: {logo.Error}");
    }

    [Fact]
    public void A_picture_that_unpacks_to_more_than_it_says_is_no_larger_than_it_says()
    {
        var logo = LogoFile.Read(Pictures.Png(8, 8, rows: 20_000));

        Assert.True(logo is { Succeeded: false } or { Value.Page: { Width: 8, Height: 8 } }, $"{logo.Error}");
    }

    [Fact]
    public void No_file_however_damaged_brings_the_reader_down()
    {
        var random = new Random(4);
        foreach (var picture in new[] { Pictures.Png(), Jpeg, WebP, Pictures.Gif(2) })
        {
            for (var i = 0; i < 500; i++)
            {
                var file = picture[..random.Next(4, picture.Length + 1)].ToArray();
                for (var flips = random.Next(4); flips > 0; flips--) file[random.Next(file.Length)] = (byte)random.Next(256);
                var read = LogoFile.Read(file);
                Assert.True(read.Succeeded || read.Error is not null);
            }
        }
    }
}
