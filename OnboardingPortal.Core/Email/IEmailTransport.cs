namespace OnboardingPortal.Core.Email;

/// <summary>A way that mails leave by.</summary>
public interface IEmailTransport
{
    /// <summary>Hands a mail over. Returning means that it was taken.</summary>
    /// <exception cref="System.Net.Mail.SmtpException">It was not taken; the outbox tries again.</exception>
    /// <exception cref="IOException">It was not taken; the outbox tries again.</exception>
    Task SendAsync(OutgoingEmail email, CancellationToken cancellationToken);
}

/// <summary>A mail as it leaves.</summary>
/// <param name="MessageId">The same on every attempt: an opaque id and the sender's domain, without angle brackets.</param>
/// <param name="FromName">Who it shows as sender.</param>
/// <param name="FromAddress">The sender's address.</param>
/// <param name="To">The bare address.</param>
/// <param name="Content">What it says.</param>
/// <param name="ReplyTo">The bare address that answers go to; null = the sender's.</param>
public sealed record OutgoingEmail(string MessageId, string FromName, string FromAddress, string To, EmailContent Content, string? ReplyTo = null);

/// <summary>What a mail says.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Html">A whole document; every text from outside is encoded.</param>
/// <param name="Text">The same as plain text.</param>
public sealed record EmailContent(string Subject, string Html, string Text);
