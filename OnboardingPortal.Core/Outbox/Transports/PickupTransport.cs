using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Outbox;

/// <summary>Writes mails as <c>.eml</c> files, for development and for systems that fetch them.</summary>
public sealed class PickupTransport(IOptions<PortalOptions> options, TimeProvider clock) : IEmailTransport
{
    /// <summary>The folder that the files lie in.</summary>
    public string Folder { get; } = Path.GetFullPath(Path.Combine(options.Value.DataDirectory, "mail"));

    /// <inheritdoc />
    public async Task<EmailReceipt> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        using var message = MimeMail.Make(email, clock.GetUtcNow());
        message.Headers.Insert(0, "X-Receiver", MimeMail.AddressOf(email.To)); // for systems that fetch mails, in place of an envelope
        message.Headers.Insert(0, "X-Sender", MimeMail.AddressOf(email.FromAddress));
        var name = $"{Guid.NewGuid():N}.eml";
        var draft = Path.Combine(PrivateFiles.CreateDirectory(Folder), $".{name}.part");
        var file = Path.Combine(Folder, name);
        try
        {
            await using (var stream = new FileStream(draft, PrivateFiles.New(FileMode.CreateNew)))
            {
                await message.WriteToAsync(MimeMail.Wire, stream, cancellationToken);
            }

            File.Move(draft, file); // who fetches mails never finds half of one
        }
        finally
        {
            File.Delete(draft); // there only when the mail could not be written
        }

        return new EmailReceipt();
    }
}
