namespace OnboardingPortal.Core.Outbox;

/// <summary>How one attempt to send a mail ended.</summary>
/// <param name="Mail">As it was claimed: its attempts are the fencing token.</param>
/// <param name="State">How far it is now.</param>
/// <param name="Receipt">What the transport gave; null unless it was taken.</param>
/// <param name="Error">What it failed of.</param>
/// <param name="NextAttemptAt">When it is tried next, UTC; null = as its growing pauses say.</param>
/// <param name="WasTried">Whether the transport was asked; otherwise the claim is handed back and counts for nothing.</param>
/// <param name="IsOurs">Whether it failed of something between this portal and the mail server, and not of the recipient.</param>
/// <param name="WasRefused">Whether the recipient's server or the mail service refused it for good.</param>
internal sealed record EmailOutcome(
    EmailMessage Mail, EmailState State, EmailReceipt? Receipt = null, string? Error = null, DateTimeOffset? NextAttemptAt = null,
    bool WasRefused = false,
    bool WasTried = true, bool IsOurs = false)
{
    public static EmailOutcome Taken(EmailMessage mail, EmailReceipt receipt) => new(mail, EmailState.Sent, receipt);

    public static EmailOutcome Refused(EmailMessage mail, string why) => new(mail, EmailState.Dead, Error: why, WasRefused: true);

    public static EmailOutcome Over(EmailMessage mail) => new(mail, EmailState.Over);

    /// <summary>Failed in passing: tried again after a pause, until the last attempt.</summary>
    /// <param name="mail">As it was claimed.</param>
    /// <param name="why">What it failed of.</param>
    /// <param name="isOurs">See <see cref="IsOurs"/>: such a mail waits for longer, since somebody has to mend something first.</param>
    /// <param name="now">UTC.</param>
    public static EmailOutcome Failed(EmailMessage mail, string why, bool isOurs, DateTimeOffset now)
    {
        var isLast = mail.Failures + 1 >= EmailMessage.MaxAttempts && (!isOurs || now - mail.QueuedAt >= EmailMessage.LongestTrouble);
        return new EmailOutcome(mail, isLast ? EmailState.Dead : EmailState.Queued, Error: why, IsOurs: isOurs);
    }

    /// <summary>Not the mail's fault: tried again at that time, and the attempt does not count.</summary>
    public static EmailOutcome Later(EmailMessage mail, DateTimeOffset at, string why) =>
        new(mail, EmailState.Queued, Error: why, NextAttemptAt: at, IsOurs: true);

    /// <summary>Claimed and not tried: the claim is handed back.</summary>
    public static EmailOutcome Untried(EmailMessage mail, DateTimeOffset at) =>
        new(mail, EmailState.Queued, NextAttemptAt: at, WasTried: false);
}
