using System.Security.Cryptography;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// A logo that was checked by its content and holds nothing but its picture: texts, camera data, colour profiles and whatever else may be
/// hidden in a picture are left out.
/// </summary>
public sealed class LogoFile
{
    /// <summary>The most bytes of an uploaded file.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The most pixels of a side.</summary>
    public const int MaxSide = 4096;

    private LogoFile(string type, LogoPicture picture)
    {
        (Type, Content, Width, Height) = (type, picture.Content, picture.Width, picture.Height);
        Hash = SHA256.HashData(Content);
    }

    /// <summary><c>image/png</c>, <c>image/jpeg</c> or <c>image/webp</c>.</summary>
    public string Type { get; }

    /// <summary>The cleaned file.</summary>
    public byte[] Content { get; }

    /// <summary>1 to <see cref="MaxSide"/> pixels.</summary>
    public int Width { get; }

    /// <summary>1 to <see cref="MaxSide"/> pixels.</summary>
    public int Height { get; }

    /// <summary>SHA-256 of <see cref="Content"/>.</summary>
    public byte[] Hash { get; }

    /// <summary>Reads an uploaded file; its name and claimed type count for nothing.</summary>
    /// <returns>
    /// The logo, <see cref="LogoTooHeavy"/>, <see cref="LogoNotAPicture"/>, <see cref="LogoTooLarge"/>, <see cref="LogoAnimated"/>,
    /// <see cref="LogoBroken"/> or <see cref="LogoHasMore"/>.
    /// </returns>
    public static Result<LogoFile> Read(byte[] file)
    {
        if (file.Length > MaxBytes) return new LogoTooHeavy();
        return file switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Of("image/png", PngLogo.Read(file)),
            [0xff, 0xd8, 0xff, ..] => Of("image/jpeg", JpegLogo.Read(file)),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => Of("image/webp", WebPLogo.Read(file)),
            _ => new LogoNotAPicture(),
        };
    }

    internal static PortalError? SizeRefusal(int width, int height) =>
        width < 1 || height < 1 ? new LogoBroken() : width > MaxSide || height > MaxSide ? new LogoTooLarge(width, height) : null;

    private static Result<LogoFile> Of(string type, Result<LogoPicture> picture) => picture.Succeeded ? new LogoFile(type, picture.Value) : picture.Error;
}

/// <summary>What a reader of one format found.</summary>
internal sealed record LogoPicture(byte[] Content, int Width, int Height);
