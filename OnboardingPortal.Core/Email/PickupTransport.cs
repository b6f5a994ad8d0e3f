using System.Net.Mail;
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
        using var message = MimeMail.Make(email);
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = Folder };
        await client.SendMailAsync(message, cancellationToken);
        return new EmailReceipt();
    }
}
