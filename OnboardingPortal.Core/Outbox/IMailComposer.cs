namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// Puts queued mails into words. What mails say is known above everything that they are about; the outbox knows none of it.
/// </summary>
public interface IMailComposer
{
    /// <summary>Begins a batch: what several of its mails need is read once for all of them, when the first one needs it.</summary>
    IMailBatch BeginBatch(IReadOnlyList<EmailMessage> mails, CancellationToken cancellationToken);
}

/// <summary>Mails that leave together.</summary>
public interface IMailBatch
{
    /// <summary>One of the batch's mails in words; null when what it was about is over, so that there is nothing to send.</summary>
    Task<ComposedMail?> ComposeAsync(EmailMessage mail, CancellationToken cancellationToken);
}

/// <summary>A mail in words.</summary>
/// <param name="FromName">Who it shows as sender; hostile text.</param>
/// <param name="ReplyTo">Where answers go; null = to the sender's address.</param>
/// <param name="Content">What it says.</param>
public sealed record ComposedMail(string FromName, string? ReplyTo, EmailContent Content)
{
    /// <summary>Where the recipient stops mails of this kind; null = there is nothing to stop.</summary>
    public Uri? StopLink { get; init; }

    /// <summary>The mail as it leaves, from the portal's own address; its Message-ID is the same at every attempt.</summary>
    internal OutgoingEmail Address(EmailMessage mail, string from) => new(
        mail.Id, $"{mail.Id}@{from[(from.LastIndexOf('@') + 1)..]}", ForeignText.OneLine(FromName), from, mail.To, Content, ReplyTo)
    {
        StopLink = StopLink,
    };
}
