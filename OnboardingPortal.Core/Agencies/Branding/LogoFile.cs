using SkiaSharp;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// A logo made anew from an uploaded picture: decoded, turned as its camera was held, and drawn at twice the size it is shown at, once for
/// pages and once for mails. So it holds nothing but its pixels, whatever else the file held.
/// </summary>
/// <param name="Page">As pages show it.</param>
/// <param name="Mail">As mails show it: PNG or JPEG, which every mail program shows.</param>
public sealed record LogoFile(LogoPicture Page, LogoPicture Mail)
{
    /// <summary>The most bytes of an uploaded file.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>The most pixels that are unpacked, in millions.</summary>
    public const int MaxMegapixels = 20;

    private const int JpegQuality = 90;
    private const int Density = 2; // screens of today have two pixels or more where one is asked for
    private static readonly SKSizeI OnPages = new(200, 56);
    private static readonly SKSizeI InMails = new(200, 64);
    private static readonly Lock OneAtATime = new(); // a picture unpacks to 80 MB at most, and to no more however many are uploaded

    /// <summary>Reads an uploaded file; its name and claimed type count for nothing.</summary>
    /// <returns>
    /// The logo, <see cref="LogoTooHeavy"/>, <see cref="LogoNotAPicture"/>, <see cref="LogoTooLarge"/>, <see cref="LogoAnimated"/> or
    /// <see cref="LogoBroken"/>.
    /// </returns>
    public static Result<LogoFile> Read(byte[] file)
    {
        if (file.Length > MaxBytes) return new LogoTooHeavy();
        // Of a JPEG without its end mark a reader would wait for more.
        using var data = SKData.CreateCopy(file is [0xff, 0xd8, ..] ? [.. file, 0xff, 0xd9] : file);
        using var codec = SKCodec.Create(data);
        if (codec is null) return new LogoNotAPicture();
        // as the header says; nothing is unpacked yet
        var width = codec.Info.Width;
        var height = codec.Info.Height;
        if (width < 1 || height < 1) return new LogoBroken();
        if ((long)width * height > MaxMegapixels * 1_000_000L) return new LogoTooLarge(width, height);
        if (codec.FrameCount > 1) return new LogoAnimated();
        lock (OneAtATime)
        {
            var isOpaque = codec.Info.AlphaType == SKAlphaType.Opaque;
            using var colours = SKColorSpace.CreateSrgb();
            var info = new SKImageInfo(width, height, SKColorType.Rgba8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul, colours);
            using var pixels = new SKBitmap(info);
            if (codec.GetPixels(info, pixels.GetPixels()) != SKCodecResult.Success) return new LogoBroken();
            pixels.SetImmutable(); // so that the picture need not be copied
            using var picture = SKImage.FromBitmap(pixels);
            return new LogoFile(Draw(picture, codec.EncodedOrigin, OnPages), Draw(picture, codec.EncodedOrigin, InMails));
        }
    }

    /// <summary>Draws the picture upright, at twice the size in which it fits a box; never larger than it is.</summary>
    private static LogoPicture Draw(SKImage picture, SKEncodedOrigin origin, SKSizeI box)
    {
        var isOnItsSide = origin >= SKEncodedOrigin.LeftTop; // 5 to 8
        var (width, height) = isOnItsSide ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var (shownWidth, shownHeight) = Fit(width, height, box.Width, box.Height);
        var (storedWidth, storedHeight) = Fit(width, height, box.Width * Density, box.Height * Density);
        using var drawn = SKSurface.Create(picture.Info.WithSize(storedWidth, storedHeight));
        drawn.Canvas.Clear(SKColors.Transparent);
        drawn.Canvas.Scale((float)storedWidth / width, (float)storedHeight / height);
        drawn.Canvas.Concat(Upright(origin, width, height));
        drawn.Canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var image = drawn.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        using var jpeg = picture.AlphaType == SKAlphaType.Opaque ? image.Encode(SKEncodedImageFormat.Jpeg, JpegQuality) : null;
        return jpeg is not null && jpeg.Size < png.Size
            ? new LogoPicture(jpeg.ToArray(), "image/jpeg", shownWidth, shownHeight)
            : new LogoPicture(png.ToArray(), "image/png", shownWidth, shownHeight);
    }

    private static (int Width, int Height) Fit(int width, int height, int maxWidth, int maxHeight)
    {
        var scale = Math.Min(1, Math.Min((double)maxWidth / width, (double)maxHeight / height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>
    /// What turns stored pixels upright, for a picture that is so wide and high when it is upright (EXIF 2.32, tag 0x0112).
    /// </summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
