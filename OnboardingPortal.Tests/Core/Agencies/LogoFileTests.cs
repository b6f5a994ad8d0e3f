using System.Text;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

public sealed class LogoFileTests
{
    private static readonly byte[] Script = Encoding.ASCII.GetBytes("<script>alert(1)</script>");

    public static TheoryData<string, byte[], string> Good => new()
    {
        { "PNG", Pictures.Png(), "image/png 96x32" },
        { "largest PNG", Pictures.Png(4096, 1), "image/png 4096x1" },
        { "JPEG", Pictures.Jpeg(), "image/jpeg 40x20" },
        { "WebP", Pictures.WebP(), "image/webp 40x20" },
        { "WebP with a canvas", Pictures.ExtendedWebP(33, 21, 0x10), "image/webp 33x21" },
    };

    public static TheoryData<string, byte[]> Chatty => new()
    {
        { "PNG", Pictures.Png(extra: [Pictures.Chunk("tEXt", Script), Pictures.Chunk("iTXt", Script), Pictures.Chunk("eXIf", Script), Pictures.Chunk("iCCP", Script)]) },
        { "JPEG", Pictures.Jpeg(40, 20, Pictures.Segment(0xe1, Script), Pictures.Segment(0xfe, Script), Pictures.Segment(0xe2, Script)) },
        { "WebP", Pictures.ExtendedWebP(40, 20, 0x2c, Pictures.Part("EXIF", Script), Pictures.Part("XMP ", Script), Pictures.Part("junk", Script)) },
    };

    public static TheoryData<string, byte[], Type> Hostile => new()
    {
        { "nothing", [], typeof(LogoNotAPicture) },
        { "HTML", "<!doctype html><script>alert(1)</script>"u8.ToArray(), typeof(LogoNotAPicture) },
        { "SVG", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(), typeof(LogoNotAPicture) },
        { "GIF", "GIF89a\x01\0\x01\0"u8.ToArray(), typeof(LogoNotAPicture) },
        { "a script that begins like a PNG", [.. "\x89PNG"u8, .. Script], typeof(LogoNotAPicture) },
        { "only a signature", Pictures.Png()[..8], typeof(LogoBroken) },
        { "too heavy", new byte[LogoFile.MaxBytes + 1], typeof(LogoTooHeavy) },
        { "PNG cut off", Pictures.Png()[..^6], typeof(LogoBroken) },
        { "PNG with a wrong checksum", Flipped(Pictures.Png(), 20), typeof(LogoBroken) },
        { "PNG without pixels", Pictures.Png(rows: 0), typeof(LogoBroken) },
        { "PNG that unpacks to more than it says", Pictures.Png(8, 8, rows: 20_000), typeof(LogoBroken) },
        { "PNG that unpacks to less than it says", Pictures.Png(100, 100, rows: 5), typeof(LogoBroken) },
        { "PNG of 60000 pixels", [.. Pictures.Png()[..8], .. Pictures.Header(60_000, 60_000), .. Pictures.Png()[33..]], typeof(LogoTooLarge) },
        { "PNG of no pixels", [.. Pictures.Png()[..8], .. Pictures.Header(0, 10), .. Pictures.Png()[33..]], typeof(LogoBroken) },
        { "PNG of a negative size", [.. Pictures.Png()[..8], .. Pictures.Header(-1, 10), .. Pictures.Png()[33..]], typeof(LogoBroken) },
        { "PNG with a made-up colour type", [.. Pictures.Png()[..8], .. Pictures.Header(96, 32, 8, 5), .. Pictures.Png()[33..]], typeof(LogoBroken) },
        { "PNG with two headers", Pictures.Png(extra: Pictures.Header(1, 1)), typeof(LogoBroken) },
        { "PNG with an unknown critical chunk", Pictures.Png(extra: Pictures.Chunk("EVIL", Script)), typeof(LogoBroken) },
        { "PNG that moves", Pictures.Png(extra: Pictures.Chunk("acTL", new byte[8])), typeof(LogoAnimated) },
        { "PNG with a script behind it", [.. Pictures.Png(), .. Script], typeof(LogoHasMore) },
        { "PNG with an archive behind it", [.. Pictures.Png(), .. "PK\x03\x04"u8], typeof(LogoHasMore) },
        { "JPEG cut off", Pictures.Jpeg()[..^2], typeof(LogoBroken) },
        { "JPEG without a picture", [0xff, 0xd8, 0xff, 0xd9], typeof(LogoBroken) },
        { "JPEG whose segment runs out of the file", [0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1, 2], typeof(LogoBroken) },
        { "JPEG of 60000 pixels", Pictures.Jpeg(60_000, 60_000), typeof(LogoTooLarge) },
        { "JPEG with two sizes", Pictures.Jpeg(40, 20, Pictures.Segment(0xc0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0])), typeof(LogoBroken) },
        { "JPEG with a script behind it", [.. Pictures.Jpeg(), .. Script], typeof(LogoHasMore) },
        { "WebP cut off", Pictures.WebP()[..^3], typeof(LogoBroken) },
        { "WebP that moves", Pictures.ExtendedWebP(40, 20, 0x02), typeof(LogoAnimated) },
        { "WebP with frames", Pictures.ExtendedWebP(40, 20, 0, Pictures.Part("ANMF", new byte[16])), typeof(LogoAnimated) },
        { "WebP whose canvas is another size", Pictures.WebP(40, 20, Pictures.Part("VP8X", [0, 0, 0, 0, 1, 0, 0, 1, 0, 0])), typeof(LogoBroken) },
        { "WebP of 16000 pixels", Pictures.WebP(16_000, 16_000), typeof(LogoTooLarge) },
        { "WebP with a part that runs out of it", Pictures.WebP(40, 20, [.. "EXIF"u8, 0xff, 0xff, 0xff, 0x7f]), typeof(LogoBroken) },
        { "WebP with a script behind it", [.. Pictures.WebP(), .. Script], typeof(LogoHasMore) },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public void A_picture_is_known_by_its_content(string what, byte[] file, string expected)
    {
        var logo = LogoFile.Read(file);

        Assert.True(logo.Succeeded, $"{what}: {logo.Error}");
        Assert.Equal(expected, $"{logo.Value.Type} {logo.Value.Width}x{logo.Value.Height}");
    }

    [Theory]
    [MemberData(nameof(Chatty), DisableDiscoveryEnumeration = true)]
    public void Texts_and_profiles_in_a_picture_are_left_out(string what, byte[] file)
    {
        var logo = LogoFile.Read(file);

        Assert.True(logo.Succeeded, $"{what}: {logo.Error}");
        Assert.DoesNotContain("script", Encoding.Latin1.GetString(logo.Value.Content), StringComparison.Ordinal);
        var again = LogoFile.Read(logo.Value.Content);
        Assert.True(again.Succeeded, $"{what}: what is left is {again.Error}");
        Assert.Equal(logo.Value.Hash, again.Value.Hash);
    }

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void What_is_no_clean_still_picture_is_refused(string what, byte[] file, Type refusal)
    {
        var logo = LogoFile.Read(file);

        Assert.False(logo.Succeeded, what);
        Assert.True(logo.Error.GetType() == refusal, $"{what}: {logo.Error}");
    }

    [Fact]
    public void No_file_however_damaged_brings_the_reader_down()
    {
        var random = new Random(4);
        foreach (var picture in new[] { Pictures.Png(), Pictures.Jpeg(), Pictures.WebP(), Pictures.ExtendedWebP(5, 5, 0) })
        {
            for (var i = 0; i < 2000; i++)
            {
                var file = picture[..random.Next(4, picture.Length + 1)].ToArray();
                for (var flips = random.Next(4); flips > 0; flips--) file[random.Next(file.Length)] = (byte)random.Next(256);
                var read = LogoFile.Read(file);
                Assert.True(read.Succeeded || read.Error is not null);
            }
        }
    }

    private static byte[] Flipped(byte[] file, int at)
    {
        file[at] ^= 1;
        return file;
    }
}
