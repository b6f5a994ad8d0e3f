using System.Text.RegularExpressions;
using MimeKit;

namespace OnboardingPortal.App.Features.Development;

/// <summary>A mail as it lies in the pickup folder.</summary>
public sealed partial record PickedUpMail(
    string Id, DateTimeOffset Date, string From, string To, string Subject, string MessageId, string Text, string Html)
{
    /// <summary>All mails, newest first.</summary>
    public static IReadOnlyList<PickedUpMail> ReadAll(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.eml").Select(Read).OrderByDescending(m => m.Date)
            .ThenByDescending(m => m.MessageId, StringComparer.Ordinal)]
        : [];

    public static PickedUpMail? Find(string folder, string id) => ReadAll(folder).FirstOrDefault(m => m.Id == id);

    /// <summary>Where the mail's button leads: the last address that has a line to itself.</summary>
    public string? Link => LinkPattern().Match(Text) is { Success: true } match ? match.Value : null;

    private static PickedUpMail Read(string path)
    {
        using var mail = MimeMessage.Load(path);
        return new PickedUpMail(
            Path.GetFileNameWithoutExtension(path), new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
            mail.From.ToString(), mail.To.ToString(), mail.Subject ?? "", mail.MessageId ?? "", LinesOf(mail.TextBody),
            LinesOf(mail.HtmlBody));

        static string LinesOf(string? body) => (body ?? "").ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"^https?://\S+(?=\r?$)", RegexOptions.Multiline | RegexOptions.RightToLeft)]
    private static partial Regex LinkPattern();
}
