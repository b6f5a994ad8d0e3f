using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace OnboardingPortal.Core.Email;

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

    /// <summary>Builds a mail.</summary>
    /// <param name="email">What it says.</param>
    /// <param name="bodyRead">Called when the body is being handed over, after the server took sender and recipient.</param>
    /// <exception cref="EmailRefusedException">An address is none.</exception>
    public static MailMessage Make(OutgoingEmail email, Action? bodyRead = null)
    {
        var from = AddressOf(email.FromAddress);
        var message = new MailMessage
        {
            From = new MailAddress(from, TextOf(email.FromName), Encoding.UTF8),
            Subject = TextOf(email.Content.Subject),
            SubjectEncoding = Encoding.UTF8,
        };
        try
        {
            message.To.Add(new MailAddress(AddressOf(email.To)));
            if (email.ReplyTo is { } replyTo) message.ReplyToList.Add(new MailAddress(AddressOf(replyTo)));
            message.Headers.Add("Message-ID", $"<{IdOf(email)}>");
            if (email.StopLink is { } stop)
            {
                message.Headers.Add(StopHeader, $"<{stop.AbsoluteUri}>");
                message.Headers.Add(StopPostHeader, StopPost);
            }

            message.AlternateViews.Add(Part(email.Content.Text, MediaTypeNames.Text.Plain, bodyRead));
            message.AlternateViews.Add(Part(email.Content.Html, MediaTypeNames.Text.Html, bodyRead));
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>The mail's Message-ID without angle brackets, its domain as it travels.</summary>
    public static string IdOf(OutgoingEmail email) => AddressOf(email.MessageId);

    /// <summary>An address as it travels.</summary>
    /// <exception cref="EmailRefusedException">No mail server would take it, today or later.</exception>
    public static string AddressOf(string address) => EmailAddress.ReadBare(address)?.Wire
        ?? throw new EmailRefusedException($"“{EmailLayout.OneLine(address)}” is not an address that mail servers take.");

    /// <summary>A text as a header has it: one line, in which nothing passes for an encoded word, so that it is shown as it was written.</summary>
    public static string TextOf(string text) => EmailLayout.OneLine(text).Replace("=?", "= ?", StringComparison.Ordinal);

    private static AlternateView Part(string text, string type, Action? bodyRead) =>
        new(new Body(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), bodyRead), new ContentType(type) { CharSet = Encoding.UTF8.WebName })
        {
            TransferEncoding = TransferEncoding.Base64, // the framework's quoted-printable hides the ends of lines
        };

    /// <summary>A body that says when it is read.</summary>
    private sealed class Body(byte[] content, Action? read) : MemoryStream(content, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            read?.Invoke();
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            read?.Invoke();
            return base.Read(buffer);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            read?.Invoke();
            return base.ReadAsync(buffer, offset, count, cancellationToken);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            read?.Invoke();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
