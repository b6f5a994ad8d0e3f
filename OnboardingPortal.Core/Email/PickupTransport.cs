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
        using var message = MimeMail.Make(email);
        var desk = PrivateFiles.CreateDirectory(Path.Combine(Folder, $".{Guid.NewGuid():N}")); // who fetches mails never finds half of one
        try
        {
            using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = desk })
            {
                await client.SendMailAsync(message, cancellationToken);
            }

            var written = Directory.EnumerateFiles(desk).Single();
            PrivateFiles.TightenFile(written);
            File.Move(written, Path.Combine(Folder, Path.GetFileName(written)));
        }
        finally
        {
            Directory.Delete(desk, recursive: true);
        }

        return new EmailReceipt();
    }
}
