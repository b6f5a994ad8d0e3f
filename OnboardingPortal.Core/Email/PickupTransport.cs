using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Email;

/// <summary>Writes mails as <c>.eml</c> files, for development and for systems that fetch them.</summary>
public sealed class PickupTransport(IOptions<PortalOptions> options) : IEmailTransport
{
    /// <summary>The folder that the files lie in.</summary>
    public string Folder { get; } = Path.GetFullPath(Path.Combine(options.Value.DataDirectory, "mail"));

    /// <inheritdoc />
    public async Task<EmailReceipt> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        using var message = new MailMessage
        {
            From = new MailAddress(email.FromAddress, email.FromName, Encoding.UTF8),
            Subject = email.Content.Subject,
            SubjectEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(email.To));
        if (email.ReplyTo is { } replyTo) message.ReplyToList.Add(new MailAddress(replyTo));
        message.Headers.Add("Message-ID", $"<{email.MessageId}>");
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(email.Content.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(email.Content.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = Folder };
        await client.SendMailAsync(message, cancellationToken);
        return new EmailReceipt();
    }
}
