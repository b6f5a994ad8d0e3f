using System.Text;
using MimeKit;
using MimeKit.Text;

namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// A mail as MIME, the same for every transport that sends it so. Every text becomes one line and every address is an
/// <see cref="EmailAddress"/>, so that nothing from outside can end a header.
/// </summary>
internal static class MimeMail
{
    /// <summary>The header that names where a mail can be stopped.</summary>
    internal const string StopHeader = "List-Unsubscribe";

    /// <summary>The header that says that a post to it is enough (RFC 8058).</summary>
    internal const string StopPostHeader = "List-Unsubscribe-Post";

    /// <summary>Its only value.</summary>
    internal const string StopPost = "List-Unsubscribe=One-Click";

    /// <summary>How a mail is written: lines end in CR LF, headers are ASCII.</summary>
    internal static readonly FormatOptions Wire = new() { NewLineFormat = NewLineFormat.Dos, International = false };

    /// <summary>Builds a mail.</summary>
    /// <exception cref="EmailRefusedException">An address is none.</exception>
    public static MimeMessage Make(OutgoingEmail email, DateTimeOffset now)
    {
        var from = AddressOf(email.FromAddress);
        var to = AddressOf(email.To);
        var id = IdOf(email);
        var replyTo = email.ReplyTo is { } answers ? AddressOf(answers) : null;
        var message = new MimeMessage { Subject = TextOf(email.Content.Subject), MessageId = id, Date = now };
        message.From.Add(new MailboxAddress(Encoding.UTF8, TextOf(email.FromName), from));
        message.To.Add(new MailboxAddress(null, to));
        if (replyTo is not null) message.ReplyTo.Add(new MailboxAddress(null, replyTo));
        if (email.StopLink is { } stop)
        {
            message.Headers.Add(StopHeader, $"<{stop.AbsoluteUri}>");
            message.Headers.Add(StopPostHeader, StopPost);
        }

        message.Body = new MultipartAlternative(Part(email.Content.Text, TextFormat.Plain), Part(email.Content.Html, TextFormat.Html));
        return message;
    }

    /// <summary>The mail's Message-ID without angle brackets, its domain as it travels.</summary>
    public static string IdOf(OutgoingEmail email) => AddressOf(email.MessageId);

    /// <summary>An address as it travels.</summary>
    /// <exception cref="EmailRefusedException">No mail server would take it, today or later.</exception>
    public static string AddressOf(string address) => EmailAddress.ReadBare(address)?.Wire
        ?? throw new EmailRefusedException($"“{ForeignText.OneLine(address)}” is not an address that mail servers take.");

    /// <summary>
    /// A text as a header has it: one line, in which nothing passes for an encoded word, so that it is shown as it was written.
    /// </summary>
    public static string TextOf(string text) => ForeignText.OneLine(text).Replace("=?", "= ?", StringComparison.Ordinal);

    private static TextPart Part(string text, TextFormat format)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.Base64 }; // keeps each line's end as it is
        part.SetText(Encoding.UTF8, text.ReplaceLineEndings("\r\n"));
        return part;
    }
}
