using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Reads PNG (https://www.w3.org/TR/png-3/): chunks to the end, each with its checksum, and the pixels against the size they claim.
/// </summary>
internal static class PngLogo
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12;
    private static readonly string[] Kept = ["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "pHYs", "IDAT", "IEND"];
    private static readonly string[] OfAnimations = ["acTL", "fcTL", "fdAT"];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOf((uint)n))];

    public static Result<LogoPicture> Read(byte[] file)
    {
        using var clean = new MemoryStream(file.Length);
        using var packed = new MemoryStream(file.Length);
        clean.Write(file, 0, SignatureLength);
        Header? header = null;
        var (at, before) = (SignatureLength, "");
        while (before != "IEND")
        {
            if (Chunk(file, at) is not { } length) return new LogoBroken();
            var name = Encoding.ASCII.GetString(file, at + 4, 4);
            var data = file.AsSpan(at + 8, length);
            if (OfAnimations.Contains(name)) return new LogoAnimated();
            if (name == "IHDR" != header is null) return new LogoBroken(); // the first chunk, and never again
            if (name == "IHDR")
            {
                header = Header.Read(data);
                if (header is null) return new LogoBroken();
                if (LogoFile.SizeRefusal(header.Width, header.Height) is { } refusal) return refusal;
            }
            else if (name == "IDAT")
            {
                if (packed.Length > 0 && before != "IDAT") return new LogoBroken();
                packed.Write(data);
            }
            else if (char.IsAsciiLetterUpper(name[0]) && !Kept.Contains(name))
            {
                return new LogoBroken(); // a chunk that a reader must understand
            }

            if (Kept.Contains(name)) clean.Write(file, at, length + ChunkOverhead);
            (at, before) = (at + length + ChunkOverhead, name);
        }

        if (at != file.Length) return new LogoHasMore();
        return Unpacks(packed, header!.UnpackedLength()) ? new LogoPicture(clean.ToArray(), header.Width, header.Height) : new LogoBroken();
    }

    /// <summary>The length of the chunk's data, or null when it runs out of the file or its checksum is wrong.</summary>
    private static int? Chunk(byte[] file, int at)
    {
        if (file.Length - at < ChunkOverhead) return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
        if (length > file.Length - at - ChunkOverhead) return null;
        var crc = uint.MaxValue;
        foreach (var value in file.AsSpan(at + 4, (int)length + 4)) crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc == BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + (int)length)) ? (int)length : null;
    }

    /// <summary>Whether the pixels unpack to exactly that many bytes; stops at the first byte too many.</summary>
    private static bool Unpacks(MemoryStream packed, long expected)
    {
        packed.Position = 0;
        var (buffer, total) = (new byte[64 * 1024], 0L);
        try
        {
            using var pixels = new ZLibStream(packed, CompressionMode.Decompress, leaveOpen: true);
            while (total <= expected && pixels.Read(buffer) is > 0 and var read) total += read;
        }
        catch (InvalidDataException)
        {
            return false; // not what zlib packs
        }

        return total == expected;
    }

    private static uint CrcOf(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? 0xedb88320 ^ (value >> 1) : value >> 1;
        return value;
    }

    private sealed record Header(int Width, int Height, int BitsPerPixel, bool IsInterlaced)
    {
        private static readonly (int X, int Y, int Dx, int Dy)[] Passes =
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

        public static Header? Read(ReadOnlySpan<byte> data)
        {
            if (data.Length != 13 || data[10] != 0 || data[11] != 0 || data[12] > 1) return null;
            var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
            if (width > int.MaxValue || height > int.MaxValue) return null;
            int? samples = (data[9], data[8]) switch // colour type and bit depth, as the table of section 11.2.1 allows them
            {
                (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
                (2, 8 or 16) => 3,
                (4, 8 or 16) => 2,
                (6, 8 or 16) => 4,
                _ => null,
            };
            return samples is { } known ? new Header((int)width, (int)height, known * data[8], data[12] == 1) : null;
        }

        /// <summary>Every row has its pixels and one byte for its filter.</summary>
        public long UnpackedLength() => IsInterlaced
            ? Passes.Sum(p => Rows((Width - p.X + p.Dx - 1) / p.Dx, (Height - p.Y + p.Dy - 1) / p.Dy))
            : Rows(Width, Height);

        private long Rows(int width, int height) => width <= 0 || height <= 0 ? 0 : height * (1 + ((((long)width * BitsPerPixel) + 7) / 8));
    }
}
