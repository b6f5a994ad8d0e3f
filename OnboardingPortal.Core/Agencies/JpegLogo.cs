using System.Buffers.Binary;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Reads JPEG (ITU-T T.81, annex B): segments and scans to the end of the image, which must be the end of the file.</summary>
internal static class JpegLogo
{
    private const byte EndOfImage = 0xd9;
    private const byte StartOfScan = 0xda;

    public static Result<LogoPicture> Read(byte[] file)
    {
        using var clean = new MemoryStream(file.Length);
        clean.Write(file, 0, 2);
        var (at, width, height, hasScan) = (2, 0, 0, false);
        while (true)
        {
            if (Marker(file, ref at) is not { } marker) return new LogoBroken();
            if (marker == EndOfImage) break;
            if (marker is < 0xc0 or (>= 0xd0 and <= 0xd8) || file.Length - at < 2) return new LogoBroken();
            var length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));
            if (length < 2 || file.Length - at < length) return new LogoBroken();
            if (IsFrame(marker))
            {
                if (marker > 0xc2 || length < 9 || width > 0) return new LogoBroken(); // lossless and arithmetic: no browser shows them
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 3)), BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 5)));
                if (LogoFile.SizeRefusal(width, height) is { } refusal) return refusal;
            }

            if (marker == StartOfScan && width == 0) return new LogoBroken();
            if (IsKept(marker))
            {
                clean.Write([0xff, marker]);
                clean.Write(file, at, length);
            }

            at += length;
            if (marker != StartOfScan) continue;
            var start = at;
            at = EndOfScan(file, at);
            clean.Write(file, start, at - start);
            hasScan = true;
        }

        if (!hasScan) return new LogoBroken();
        if (at != file.Length) return new LogoHasMore();
        clean.Write([0xff, EndOfImage]);
        return new LogoPicture(clean.ToArray(), width, height);
    }

    /// <summary>The marker at a place, which may have fill bytes before it; null when there is none.</summary>
    private static byte? Marker(byte[] file, ref int at)
    {
        if (at >= file.Length || file[at] != 0xff) return null;
        while (at < file.Length && file[at] == 0xff) at++;
        return at < file.Length ? file[at++] : null;
    }

    /// <summary>Where the next marker begins that belongs not to the scan: neither a stuffed byte nor a restart.</summary>
    private static int EndOfScan(byte[] file, int at)
    {
        for (; at < file.Length - 1; at++)
        {
            if (file[at] == 0xff && file[at + 1] is not (0x00 or 0xff or (>= 0xd0 and <= 0xd7))) return at;
        }

        return file.Length;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    /// <summary>Tables, frames and scans; of the rest only JFIF's and Adobe's segments, which tell how the colours are meant.</summary>
    private static bool IsKept(byte marker) => marker is >= 0xc0 and <= 0xdf or 0xe0 or 0xee;
}
