using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace OnboardingPortal.Tests.Support;

/// <summary>Small pictures made byte by byte, good ones and hostile ones.</summary>
internal static class Pictures
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>A picture of one colour with 8 bits a channel, as files of every logo program look.</summary>
    /// <param name="width">As the header says.</param>
    /// <param name="height">As the header says.</param>
    /// <param name="rows">How many rows there are; null = as many as the header says.</param>
    /// <param name="rgb">The colour.</param>
    /// <param name="extra">Chunks before the pixels.</param>
    public static byte[] Png(int width = 96, int height = 32, int? rows = null, int rgb = 0x0f766e, params byte[][] extra)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] row = [0, .. Enumerable.Range(0, width).SelectMany(_ => new[] { (byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb })];
            for (var i = 0; i < (rows ?? height); i++) zlib.Write(row);
        }

        return [.. Signature, .. Header(width, height), .. extra.SelectMany(c => c), .. Chunk("IDAT", pixels.ToArray()),
            .. Chunk("IEND", [])];
    }

    public static byte[] Header(int width, int height, byte depth = 8, byte colourType = 2)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9]) = (depth, colourType);
        return Chunk("IHDR", data);
    }

    public static byte[] Chunk(string name, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(name).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    /// <summary>A JPEG with the parts that are looked at: the picture in it is not one that decodes.</summary>
    public static byte[] Jpeg(ushort width = 40, ushort height = 20, params byte[][] extra) =>
    [
        0xff, 0xd8, .. Segment(0xe0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. extra.SelectMany(s => s),
        .. Segment(0xdb, new byte[65]),
        .. Segment(0xc0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        .. Segment(0xda, [1, 1, 0, 0, 63, 0]),
        0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9,
    ];

    public static byte[] Segment(byte marker, byte[] data) =>
        [0xff, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    /// <summary>A lossless WebP of the smallest kind.</summary>
    public static byte[] WebP(int width = 40, int height = 20, params byte[][] extra) =>
        Riff([.. extra, Part("VP8L", Lossless(width, height))]);

    /// <summary>A WebP with a canvas and flags.</summary>
    public static byte[] ExtendedWebP(int width, int height, byte flags, params byte[][] extra)
    {
        byte[] canvas = [flags, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)];
        return Riff([Part("VP8X", canvas), Part("VP8L", Lossless(width, height)), .. extra]);
    }

    public static byte[] Part(string name, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. Encoding.ASCII.GetBytes(name), .. length, .. data, .. new byte[data.Length & 1]];
    }

    /// <summary>A picture as programs write it: red at the left, blue at the right, white between them, dark at the bottom.</summary>
    /// <param name="format">JPEG, PNG or WebP.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="quality">100 = without loss, where the format can.</param>
    /// <param name="alpha">0 = nothing of it is seen.</param>
    public static byte[] Drawn(SKEncodedImageFormat format, int width, int height, int quality = 90, byte alpha = 255)
    {
        var opacity = alpha == 255 ? SKAlphaType.Opaque : SKAlphaType.Premul;
        using var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, opacity));
        using var canvas = new SKCanvas(picture);
        canvas.Clear(new SKColor(255, 255, 255, alpha));
        if (alpha == 255)
        {
            using var paint = new SKPaint { Color = SKColors.Red };
            canvas.DrawRect(0, 0, width / 3f, height, paint);
            paint.Color = SKColors.Blue;
            canvas.DrawRect(width * 2 / 3f, 0, width / 3f, height, paint);
            paint.Color = SKColors.Black;
            canvas.DrawRect(0, height * 3 / 4f, width, height / 4f, paint);
        }

        return Encoded(picture, format, quality);
    }

    /// <summary>A PNG that packs badly, as a photo does.</summary>
    public static byte[] Noise(int width, int height)
    {
        var random = new Random(1);
        using var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var i = 0; i < width * height; i++) picture.SetPixel(i % width, i / width, new SKColor((uint)random.Next() | 0xff000000));
        return Encoded(picture, SKEncodedImageFormat.Png, 100);
    }

    /// <summary>A JPEG that says how the camera was held (EXIF 2.32, tag 0x0112), 1 to 8.</summary>
    public static byte[] Turned(byte[] jpeg, byte orientation)
    {
        byte[] exif = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        return [0xff, 0xd8, .. Segment(0xe1, exif), .. jpeg[2..]];
    }

    /// <summary>A GIF of one pixel, with as many pictures as are wanted.</summary>
    public static byte[] Gif(int frames = 1)
    {
        byte[] frame = [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        var all = Enumerable.Repeat(frame, frames).SelectMany(f => f);
        return [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0x0f, 0x76, 0x6e, 255, 255, 255, .. all, 0x3b];
    }

    private static byte[] Encoded(SKBitmap picture, SKEncodedImageFormat format, int quality)
    {
        using var file = picture.Encode(format, quality);
        return file.ToArray();
    }

    private static byte[] Riff(byte[][] parts)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, 4 + parts.Sum(p => p.Length));
        return [.. "RIFF"u8, .. length, .. "WEBP"u8, .. parts.SelectMany(p => p)];
    }

    private static byte[] Lossless(int width, int height)
    {
        var bits = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bits, (uint)(width - 1) | ((uint)(height - 1) << 14));
        return [0x2f, .. bits, 0, 0, 0];
    }

    private static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }
}
