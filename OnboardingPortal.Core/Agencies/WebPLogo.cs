using System.Buffers.Binary;
using System.Text;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Reads WebP (RFC 9649): chunks to the end, a still picture only.</summary>
internal static class WebPLogo
{
    private const int HeaderLength = 12;
    private const int ChunkHeader = 8;
    private const byte AlphaFlag = 0x10;
    private const byte AnimationFlag = 0x02;

    public static Result<LogoPicture> Read(byte[] file)
    {
        var end = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) + (long)ChunkHeader;
        if (end > file.Length) return new LogoBroken();
        if (end < file.Length) return new LogoHasMore();

        using var clean = new MemoryStream(file.Length);
        clean.Write(file, 0, HeaderLength);
        (int Width, int Height)? canvas = null, picture = null;
        var at = HeaderLength;
        while (at < end)
        {
            if (end - at < ChunkHeader) return new LogoBroken();
            var (name, length) = (Encoding.ASCII.GetString(file, at, 4), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4)));
            var padded = (long)length + (length & 1);
            if (padded > end - at - ChunkHeader) return new LogoBroken();
            var data = file.AsSpan(at + ChunkHeader, (int)length);
            if (name is "ANIM" or "ANMF" || (name == "VP8X" && length > 0 && (data[0] & AnimationFlag) != 0)) return new LogoAnimated();
            switch (name)
            {
                case "VP8X" when at == HeaderLength && length == 10:
                    canvas = (1 + Three(data[4..]), 1 + Three(data[7..]));
                    data[1..4].Clear();
                    data[0] &= AlphaFlag; // profile and texts are left out
                    break;
                case "VP8 " when picture is null && length >= 10 && (data[0] & 1) == 0 && data[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9d, 0x01, 0x2a]):
                    picture = (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3fff, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3fff);
                    break;
                case "VP8L" when picture is null && length >= 5 && data[0] == 0x2f:
                    var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
                    picture = (1 + (int)(bits & 0x3fff), 1 + (int)((bits >> 14) & 0x3fff));
                    break;
                case "VP8X" or "VP8 " or "VP8L":
                    return new LogoBroken();
            }

            if (name is "VP8X" or "VP8 " or "VP8L" or "ALPH") clean.Write(file, at, ChunkHeader + (int)padded);
            at += ChunkHeader + (int)padded;
        }

        if ((canvas ?? picture) is var (width, height) && LogoFile.SizeRefusal(width, height) is { } refusal) return refusal;
        if (picture is null || (canvas is not null && canvas != picture)) return new LogoBroken();
        var content = clean.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(4), (uint)(content.Length - ChunkHeader));
        return new LogoPicture(content, picture.Value.Width, picture.Value.Height);
    }

    private static int Three(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);
}
