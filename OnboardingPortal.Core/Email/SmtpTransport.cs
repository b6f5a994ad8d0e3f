using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Email;

/// <summary>
/// Hands mails to a mail server, each over a connection of its own. What the server says of the recipient or of the mail itself for good ends
/// the mail; what it says of us (greeting, sign-in, sender) is the operator's to mend, so the mail is tried again.
/// </summary>
public sealed partial class SmtpTransport(IOptions<EmailOptions> options) : IEmailTransport
{
    private const string Answer = "The server response was: "; // how the framework quotes a server

    /// <inheritdoc />
    public async Task<EmailReceipt> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        var isBodySent = false;
        using var message = MimeMail.Make(email, () => isBodySent = true);
        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.StartTls, DeliveryMethod = SmtpDeliveryMethod.Network };
        if (smtp.Username.Length > 0) client.Credentials = new NetworkCredential(smtp.Username, smtp.Password);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(smtp.Timeout);
        try
        {
            await client.SendMailAsync(message, limit.Token);
            return new EmailReceipt();
        }
        catch (Exception exception) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SmtpException($"The mail server {smtp.Host} took longer than {smtp.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.", exception);
        }
        catch (SmtpException exception) when (IsForGood(exception, isBodySent))
        {
            throw new EmailRefusedException(WordsOf(exception), exception);
        }
        catch (SmtpException exception) when (exception.InnerException is { } inner)
        {
            throw new SmtpException($"{exception.Message} {inner.Message}", exception); // the outer words alone say nothing
        }
    }

    private static bool IsForGood(SmtpException exception, bool isBodySent) =>
        exception.StatusCode is >= SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.SyntaxError // 530: we are to sign in first
        && (isBodySent || exception is SmtpFailedRecipientException || IsOfRecipient().IsMatch(WordsOf(exception)));

    /// <summary>
    /// An answer about the recipient by its enhanced code (RFC 3463, 3.2 and 3.3): no such mailbox, no such domain, moved, or a mailbox that takes nothing.
    /// The framework takes a 554 for one about us, wherever it came.
    /// </summary>
    [GeneratedRegex(@"^5\d\d 5\.(1\.(1|2|3|6|10)|2\.[0-3])\b")]
    private static partial Regex IsOfRecipient();

    /// <summary>The server's own words, after its code.</summary>
    private static string WordsOf(SmtpException exception)
    {
        var at = exception.Message.IndexOf(Answer, StringComparison.Ordinal);
        var words = at < 0 ? exception.Message : exception.Message[(at + Answer.Length)..];
        return $"{((int)exception.StatusCode).ToString(CultureInfo.InvariantCulture)} {words.Trim()}";
    }
}
