using System.Security.Cryptography;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;
using SkiaSharp;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>Logos as people have them, from the form to the mail's picture.</summary>
public abstract class StoredLogoTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly byte[] Jpeg = Pictures.Drawn(SKEncodedImageFormat.Jpeg, 120, 60);

    public static TheoryData<string, byte[], string> Usual => new()
    {
        { "a banner far wider than shown", Pictures.Drawn(SKEncodedImageFormat.Png, 2000, 600), "200x60 of 400x120" },
        { "a poster far higher than shown", Pictures.Drawn(SKEncodedImageFormat.Jpeg, 600, 1200), "32x64 of 64x128" },
        { "as small as shown", Pictures.Png(), "96x32 of 96x32" },
        { "smaller than twice its size", Pictures.Drawn(SKEncodedImageFormat.Png, 300, 60), "200x40 of 300x60" },
        { "a line", Pictures.Png(4000, 1), "200x1 of 400x1" },
        { "JPEG with bytes behind its end", [.. Jpeg, .. new byte[64]], "120x60 of 120x60" },
        { "JPEG without its end mark", Jpeg[..^2], "120x60 of 120x60" },
        { "JPEG on its side", Pictures.Turned(Jpeg, 6), "32x64 of 60x120" },
        { "PNG with an archive behind its end", [.. Pictures.Png(), .. "PK\x03\x04"u8], "96x32 of 96x32" },
        { "PNG without its end mark", Pictures.Png()[..^12], "96x32 of 96x32" },
        { "WebP with loss", Pictures.Drawn(SKEncodedImageFormat.Webp, 800, 400), "128x64 of 256x128" },
        { "WebP without loss", Pictures.Drawn(SKEncodedImageFormat.Webp, 80, 40, quality: 100), "80x40 of 80x40" },
        { "GIF", Pictures.Gif(), "1x1 of 1x1" },
    };

    [Theory]
    [MemberData(nameof(Usual), DisableDiscoveryEnumeration = true)]
    public async Task A_mail_carries_the_logo_at_twice_its_size_and_says_what_size_that_is(string what, byte[] file, string expected)
    {
        await SaveAsync(file);

        var (width, height, type, content) = await MailedAsync();

        using var picture = SKBitmap.Decode(content);
        var shown = $"{width}x{height} of {picture.Width}x{picture.Height}";
        Assert.True(shown == expected, $"{what}: {shown}");
        Assert.Contains(type, (string[])["image/png", "image/jpeg"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_camera_that_was_held_another_way_turns_no_logo(int orientation)
    {
        await SaveAsync(Pictures.Turned(Jpeg, (byte)orientation)); // red at the left, blue at the right, dark below

        using var picture = SKBitmap.Decode((await MailedAsync()).Content);

        // By EXIF's definition: where the first row and the first column of the stored pixels belong.
        var (red, blue, dark) = orientation switch
        {
            1 => ("left", "right", "bottom"),
            2 => ("right", "left", "bottom"),
            3 => ("right", "left", "top"),
            4 => ("left", "right", "top"),
            5 => ("top", "bottom", "right"),
            6 => ("top", "bottom", "left"),
            7 => ("bottom", "top", "left"),
            _ => ("bottom", "top", "right"),
        };
        Assert.Equal(
            (red, blue, dark),
            (SideOf(picture, c => c.Red - c.Green - c.Blue), SideOf(picture, c => c.Blue - c.Green - c.Red),
                SideOf(picture, c => -c.Red - c.Green - c.Blue)));
    }

    [Fact]
    public async Task What_shines_through_stays_so_and_a_photo_is_stored_as_what_is_smaller()
    {
        await SaveAsync(Pictures.Drawn(SKEncodedImageFormat.Png, 300, 100, alpha: 0));
        var clear = await MailedAsync();
        using (var picture = SKBitmap.Decode(clear.Content)) Assert.Equal(0, picture.GetPixel(5, 5).Alpha);
        Assert.Equal("image/png", clear.Type);

        await SaveAsync(Pictures.Noise(400, 128));
        Assert.Equal("image/jpeg", (await MailedAsync()).Type);
    }

    [Fact]
    public async Task A_logo_of_before_stays_where_it_is_on_pages_and_mails_get_a_picture_of_it()
    {
        var old = Pictures.Drawn(SKEncodedImageFormat.Webp, 800, 400);
        await SaveAsync(Pictures.Png());
        await using (var db = Portal.Contexts.Create(Owner.Agency)) await AsOfBeforeAsync(db, old, "image/webp");
        var page = (await Portal.Get<ClientBrands>().FindAsync(Owner.Agency, Cancel)).LogoPath!;
        await ARequest().Asking(Mailchimp).For("before@bakery.example").SentAsync();
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Assert.DoesNotContain("<img", Mail.Tried[^1].Content.Html, StringComparison.Ordinal); // no mail program need know WebP

        Assert.Equal(1, await Portal.Get<LogoUpgrade>().CompleteAsync(Cancel));
        Assert.Equal(0, await Portal.Get<LogoUpgrade>().CompleteAsync(Cancel));

        var (width, height, type, _) = await MailedAsync();
        Assert.Equal(("128", "64"), (width, height));
        Assert.NotEqual("image/webp", type);
        Assert.Equal(page, (await Portal.Get<ClientBrands>().FindAsync(Owner.Agency, Cancel)).LogoPath);
        Assert.Equal(old, (await Portal.Get<ClientBrands>().FindLogoAsync(Owner.Agency, page.Split('/')[^1], Cancel))!.Value.Content);
    }

    [Fact]
    public async Task A_logo_of_before_that_does_not_decode_stops_no_start()
    {
        await SaveAsync(Pictures.Png());
        await using (var db = Portal.Contexts.Create(Owner.Agency)) await AsOfBeforeAsync(db, "no picture"u8.ToArray(), "image/jpeg");

        Assert.Equal(0, await Portal.Get<LogoUpgrade>().CompleteAsync(Cancel));
    }

    private static Task<int> AsOfBeforeAsync(PortalDbContext db, byte[] logo, string type) => db.Brandings.ExecuteUpdateAsync(
        set => set.SetProperty(b => b.Logo, logo).SetProperty(b => b.LogoType, type).SetProperty(b => b.LogoHash, SHA256.HashData(logo))
            .SetProperty(b => b.MailLogo, (byte[]?)null).SetProperty(b => b.MailLogoType, (string?)null)
            .SetProperty(b => b.MailLogoHash, (byte[]?)null).SetProperty(b => b.MailLogoWidth, (int?)null)
            .SetProperty(b => b.MailLogoHeight, (int?)null),
        Cancel);

    private async Task SaveAsync(byte[] file)
    {
        var (input, logo) = (BrandingInput.Of(null) with { IsOn = true }, new LogoChange(true, file));
        Assert.Null(await Portal.Get<BrandingService>().SaveAsync(Owner, input, logo, Cancel));
    }

    private async Task<(string? Width, string? Height, string Type, byte[] Content)> MailedAsync()
    {
        await ARequest().Asking(Mailchimp).For("client@bakery.example").SentAsync();
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        var logo = new HtmlParser().ParseDocument(Mail.Tried[^1].Content.Html).QuerySelector("img")!;
        var hash = logo.GetAttribute("src")!.Split('/')[^1];
        var (content, type) = (await Portal.Get<ClientBrands>().FindLogoAsync(Owner.Agency, hash, Cancel))!.Value;
        return (logo.GetAttribute("width"), logo.GetAttribute("height"), type, content);
    }

    /// <summary>At which edge of the picture there is most of a colour.</summary>
    private static string SideOf(SKBitmap picture, Func<SKColor, int> colour)
    {
        var (right, bottom) = (picture.Width - 1, picture.Height - 1);
        return new (string Side, int X, int Y)[]
        {
            ("left", 4, bottom / 2), ("right", right - 4, bottom / 2), ("top", right / 2, 4), ("bottom", right / 2, bottom - 4),
        }.MaxBy(at => colour(picture.GetPixel(at.X, at.Y))).Side;
    }
}

public sealed class StoredLogoTestsOnSqlite() : StoredLogoTests(DatabaseProvider.Sqlite);

public sealed class StoredLogoTestsOnPostgres() : StoredLogoTests(DatabaseProvider.Postgres);
