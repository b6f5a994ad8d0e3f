namespace OnboardingPortal.Core.Email;

/// <summary>How one attempt to send a mail ended.</summary>
/// <param name="Mail">As it was claimed: its attempts are the fencing token.</param>
/// <param name="State">How far it is now.</param>
/// <param name="Receipt">What the transport gave; null unless it was taken.</param>
/// <param name="Error">What it failed of.</param>
/// <param name="NextAttemptAt">When it is tried next, UTC; null = as its growing pauses say.</param>
/// <param name="WasRefused">Whether the recipient's server or the mail service refused it for good.</param>
internal sealed record EmailOutcome(
    EmailMessage Mail, EmailState State, EmailReceipt? Receipt = null, string? Error = null, DateTimeOffset? NextAttemptAt = null, bool WasRefused = false)
{
    public static EmailOutcome Taken(EmailMessage mail, EmailReceipt receipt) => new(mail, EmailState.Sent, receipt);

    public static EmailOutcome Refused(EmailMessage mail, string why) => new(mail, EmailState.Dead, Error: why, WasRefused: true);

    public static EmailOutcome Over(EmailMessage mail) => new(mail, EmailState.Over);

    /// <summary>Failed in passing: tried again after a pause, until the last attempt.</summary>
    public static EmailOutcome Failed(EmailMessage mail, string why) =>
        new(mail, mail.Attempts >= mail.GiveUpAfter ? EmailState.Dead : EmailState.Queued, Error: why);

    /// <summary>Not the mail's fault: tried again at that time, and the attempt does not count.</summary>
    public static EmailOutcome Later(EmailMessage mail, DateTimeOffset at, string? why) => new(mail, EmailState.Queued, Error: why, NextAttemptAt: at);
}
