namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// A mail to be sent: what and to whom, not its body, which is rendered when it is sent, so that no link token lies in the database in
/// clear. Written in the transaction of what caused it.
/// </summary>
public sealed class EmailMessage : IAgencyOwned
{
    /// <summary>How often a mail is tried before it is given up.</summary>
    public const int MaxAttempts = 8;

    /// <summary>
    /// For how long at least a mail is tried that fails of something between the portal and the mail server: somebody has to mend it.
    /// </summary>
    public static readonly TimeSpan LongestTrouble = TimeSpan.FromDays(3);

    /// <summary>The most UTF-16 code units kept of an error; longer text is cut.</summary>
    public const int ErrorMaxLength = 500;

    /// <summary>The most characters of <see cref="ProviderId"/>.</summary>
    public const int ProviderIdMaxLength = 100;

    private EmailMessage()
    {
    }

    internal EmailMessage(EmailMessageId id, AgencyId agency, NewMail mail, DateTimeOffset now)
    {
        Id = id;
        AgencyId = agency;
        Kind = mail.Kind;
        IsAwaited = mail.Kind.IsAwaited;
        To = mail.To;
        Language = mail.Language;
        About = mail.About;
        RequestId = mail.Request;
        ReminderDay = mail.ReminderDay;
        QueuedAt = now;
        NextAttemptAt = now;
    }

    /// <summary>The mail's id; its Message-ID and idempotency key come from it, so every attempt carries the same.</summary>
    public EmailMessageId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Which mail.</summary>
    public EmailKind Kind { get; private set; }

    /// <summary>
    /// Whether somebody waits for it at this moment; such mails leave on a way of their own, see <see cref="EmailKinds"/>.
    /// </summary>
    public bool IsAwaited { get; private set; }

    /// <summary>The bare address.</summary>
    public string To { get; private set; } = "";

    /// <summary>Two-letter code the portal has texts for; null = the agency's language when it is sent.</summary>
    public string? Language { get; private set; }

    /// <summary>What it is about, which <see cref="Kind"/> says the type of.</summary>
    public MailSubject About { get; private set; }

    /// <summary>The request on whose page it shows, and with which it is seen; null for mails that belong to none.</summary>
    public RequestId? RequestId { get; private set; }

    /// <summary>The day after sending for which a request's mail reminds; null for every other mail.</summary>
    public int? ReminderDay { get; private set; }

    /// <summary>How far it is.</summary>
    public EmailState State { get; private set; } = EmailState.Queued;

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset QueuedAt { get; private set; }

    /// <summary>When it is tried next, or when the running attempt's lease ends, UTC.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>
    /// Claims that were not handed back: attempts, as far as is known. Also the fencing token: an answer that names an older one is
    /// refused.
    /// </summary>
    public int Attempts { get; private set; }

    /// <summary>
    /// Attempts that failed since it was queued or sent again; with the <see cref="MaxAttempts"/>th it is given up. What was not tried,
    /// or put off by a server that asked to wait, is none.
    /// </summary>
    public int Failures { get; private set; }

    /// <summary>When the mail server took it, UTC.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>What the last attempt failed of; for the agency, never for clients.</summary>
    public string? LastError { get; private set; }

    /// <summary>
    /// Whether <see cref="LastError"/> is of something between this portal and the mail server: its no to the sender, our sign-in, a
    /// limit, the connection. Not the recipient's fault, and the operator's to mend.
    /// </summary>
    public bool IsTroubleOfSending { get; private set; }

    /// <summary>The mail service's own id of the mail, <c>X-Message-Id</c>; null where the transport gives none.</summary>
    public string? ProviderId { get; private set; }

    /// <summary>What became of it after it was taken; null while nobody told.</summary>
    public DeliveryState? Delivery { get; private set; }

    /// <summary>When that happened, UTC.</summary>
    public DateTimeOffset? DeliveryAt { get; private set; }

    /// <summary>What the recipient's server said, at most <see cref="ErrorMaxLength"/> UTF-16 code units; hostile text.</summary>
    public string? DeliveryText { get; private set; }

    /// <summary>Notes on a mail that was read without tracking what its claim wrote.</summary>
    internal void Claim(DateTimeOffset leaseEnds)
    {
        Attempts++;
        NextAttemptAt = leaseEnds;
    }

    /// <summary>
    /// Notes how an attempt ended that did not send it; what was sent is written in one go by <see cref="OutboxLedger"/>.
    /// </summary>
    internal void Acknowledge(EmailOutcome outcome, DateTimeOffset now, DateTimeOffset again)
    {
        State = outcome.State;
        NextAttemptAt = outcome.State == EmailState.Queued ? outcome.NextAttemptAt ?? again : now;
        if (!outcome.WasTried)
        {
            Attempts--; // what it failed of before still stands
            return;
        }

        LastError = outcome.Error is { } error ? ForeignText.Fit(error, ErrorMaxLength) : null;
        IsTroubleOfSending = outcome.IsOurs;
        if (outcome is { Error: not null, NextAttemptAt: null }) Failures++;
    }

    /// <summary>Queues a given-up mail anew, with as many attempts as a new one.</summary>
    internal void SendAgain(DateTimeOffset now)
    {
        State = EmailState.Queued;
        NextAttemptAt = now;
        Failures = 0;
        LastError = null;
        IsTroubleOfSending = false;
        Delivery = null;
        DeliveryAt = null;
        DeliveryText = null;
    }

    /// <summary>
    /// Takes in what somebody told of the mail. Events come in any order: what ends a mail's way is not undone by a step on the way, a
    /// later end goes before an earlier one, and a complaint stays.
    /// </summary>
    /// <returns>Whether the mail's state is another one now.</returns>
    internal bool Tell(DeliveryState state, DateTimeOffset at, string? text)
    {
        if (at < QueuedAt) at = QueuedAt; // by a clock of whole seconds
        if (Delivery is { } known && !Outweighs(state, at, known)) return false;
        var isNew = Delivery != state;
        Delivery = state;
        DeliveryAt = at;
        DeliveryText = text is null ? null : ForeignText.Fit(text, ErrorMaxLength);
        return isNew;
    }

    private bool Outweighs(DeliveryState state, DateTimeOffset at, DeliveryState known)
    {
        if (known == DeliveryState.Spam) return false;
        if (state.IsEnd != known.IsEnd) return state.IsEnd;
        return at > DeliveryAt || (at == DeliveryAt && state > known);
    }
}
