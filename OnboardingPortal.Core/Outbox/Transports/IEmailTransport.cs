namespace OnboardingPortal.Core.Outbox;

/// <summary>A way that mails leave by.</summary>
public interface IEmailTransport
{
    /// <summary>Hands a mail over. Returning means that it was taken.</summary>
    /// <exception cref="EmailRefusedException">It was refused for good: the outbox does not try again.</exception>
    /// <exception cref="EmailBusyException">It was not taken, and the server says how long to wait.</exception>
    /// <exception cref="HttpRequestException">It was not taken; the outbox tries again.</exception>
    /// <exception cref="IOException">It was not taken; the outbox tries again.</exception>
    Task<EmailReceipt> SendAsync(OutgoingEmail email, CancellationToken cancellationToken);

    /// <summary>Lets go of what was kept for the next mail: for now there is none.</summary>
    Task RestAsync() => Task.CompletedTask;
}

/// <summary>A mail as it leaves.</summary>
/// <param name="Id">The mail in the outbox; opaque to everybody else.</param>
/// <param name="MessageId">The same on every attempt: an opaque id and the sender's domain, without angle brackets.</param>
/// <param name="FromName">Who it shows as sender.</param>
/// <param name="FromAddress">The sender's address.</param>
/// <param name="To">The bare address.</param>
/// <param name="Content">What it says.</param>
/// <param name="ReplyTo">The bare address that answers go to; null = the sender's.</param>
public sealed record OutgoingEmail(
    EmailMessageId Id, string MessageId, string FromName, string FromAddress, string To, EmailContent Content, string? ReplyTo = null)
{
    /// <summary>
    /// Where the recipient stops mails of this kind with one press (RFC 8058: the mail program posts there); null = there is nothing to
    /// stop.
    /// </summary>
    public Uri? StopLink { get; init; }
}

/// <summary>What a mail says.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Html">A whole document; every text from outside is encoded.</param>
/// <param name="Text">The same as plain text.</param>
public sealed record EmailContent(string Subject, string Html, string Text);

/// <summary>That a mail was taken.</summary>
/// <param name="ProviderId">The mail service's own id of it, at most <see cref="EmailMessage.ProviderIdMaxLength"/> characters; null where
/// there is none.</param>
public sealed record EmailReceipt(string? ProviderId = null);

/// <summary>A mail was refused for good; the message is what the server said.</summary>
public sealed class EmailRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A mail was not taken because the server has too much to do; the message is what it said.</summary>
public sealed class EmailBusyException(string message, TimeSpan pause) : Exception(message)
{
    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan Pause { get; } = pause;
}
