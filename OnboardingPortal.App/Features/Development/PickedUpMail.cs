using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OnboardingPortal.App.Features.Development;

/// <summary>A mail as <c>System.Net.Mail</c> writes it into the pickup folder. Reads just that form.</summary>
public sealed partial record PickedUpMail(string Id, DateTimeOffset Date, string From, string To, string Subject, string MessageId, string Text, string Html)
{
    /// <summary>All mails, newest first.</summary>
    public static IReadOnlyList<PickedUpMail> ReadAll(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.eml").Select(Read).OrderByDescending(m => m.Date).ThenByDescending(m => m.MessageId, StringComparer.Ordinal)]
        : [];

    public static PickedUpMail? Find(string folder, string id) => ReadAll(folder).FirstOrDefault(m => m.Id == id);

    /// <summary>Where the mail's button leads: the last address that has a line to itself.</summary>
    public string? Link => LinkPattern().Match(Text) is { Success: true } match ? match.Value : null;

    private static PickedUpMail Read(string path)
    {
        var source = File.ReadAllText(path, Encoding.UTF8).ReplaceLineEndings("\n");
        var (headers, body) = Split(source);
        var boundary = BoundaryPattern().Match(headers.GetValueOrDefault("content-type", "")).Groups[1].Value;
        var parts = body.Split($"--{boundary}\n").Skip(1).Select(part => Split(part.Replace($"--{boundary}--", "", StringComparison.Ordinal))).ToList();
        return new PickedUpMail(
            Path.GetFileNameWithoutExtension(path), new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
            Decode(headers["from"]), Decode(headers["to"]), Decode(headers.GetValueOrDefault("subject", "")), headers.GetValueOrDefault("message-id", ""),
            PartOf("text/plain"), PartOf("text/html"));

        string PartOf(string type) => parts.Where(p => p.Headers.GetValueOrDefault("content-type", "").StartsWith(type, StringComparison.OrdinalIgnoreCase))
            .Select(p => DecodeBody(p.Headers.GetValueOrDefault("content-transfer-encoding", ""), p.Body)).FirstOrDefault() ?? "";
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string text)
    {
        var parts = text.TrimStart('\n').Split("\n\n", 2);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in FoldPattern().Replace(parts[0], " ").Split('\n'))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return (headers, parts.Length > 1 ? parts[1] : "");
    }

    private static string DecodeBody(string encoding, string body) => encoding.ToUpperInvariant() switch
    {
        "BASE64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
        "QUOTED-PRINTABLE" => Unquote(body.Replace("=\n", "", StringComparison.Ordinal)),
        _ => body,
    };

    /// <summary>Reads <c>=?utf-8?B?…?=</c> and <c>=?utf-8?Q?…?=</c>.</summary>
    private static string Decode(string header) => EncodedWordPattern().Replace(AdjacentWords().Replace(header, "?==?"), word => word.Groups[1].Value is "B" or "b"
        ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value))
        : Unquote(word.Groups[2].Value.Replace('_', ' ')));

    private static string Unquote(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                bytes.Add(code);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"^https?://\S+(?=\r?$)", RegexOptions.Multiline | RegexOptions.RightToLeft)]
    private static partial Regex LinkPattern();

    [GeneratedRegex("boundary=\"?([^\";\\s]+)\"?", RegexOptions.IgnoreCase)]
    private static partial Regex BoundaryPattern();

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex FoldPattern();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWordPattern();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex AdjacentWords();
}
