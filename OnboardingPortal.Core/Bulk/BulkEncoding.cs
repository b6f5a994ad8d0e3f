using System.Text;

namespace OnboardingPortal.Core.Bulk;

/// <summary>Finds out in which encoding a file is.</summary>
internal static class BulkEncoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>What German and Western European spreadsheets save as "CSV" without saying so.</summary>
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The beginnings of xlsx and ods (ZIP), xls (OLE), PDF.</summary>
    private static readonly byte[][] Workbooks = [
        [0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06], [0xD0, 0xCF, 0x11, 0xE0], [0x25, 0x50, 0x44, 0x46]
    ];

    /// <summary>The text, without its byte order mark.</summary>
    /// <returns>The text, <see cref="BulkFileIsWorkbook"/> or <see cref="BulkFileNotText"/>.</returns>
    public static Result<string> Decode(ReadOnlySpan<byte> content)
    {
        foreach (var start in Workbooks)
        {
            if (content.StartsWith(start)) return new BulkFileIsWorkbook();
        }

        var text = content switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => Try(Utf8, rest),
            [0xFF, 0xFE, .. var rest] => Try(Utf16, rest),
            [0xFE, 0xFF, .. var rest] => Try(Utf16BigEndian, rest),
            _ => Try(Utf8, content) ?? Windows1252.GetString(content),
        };
        return text is null || text.Contains('\0', StringComparison.Ordinal) ? new BulkFileNotText() : text;
    }

    private static string? Try(Encoding encoding, ReadOnlySpan<byte> content)
    {
        try
        {
            return encoding.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null; // not this one
        }
    }
}
