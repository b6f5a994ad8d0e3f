namespace OnboardingPortal.Core.Outbox;

/// <summary>What a mail service tells of a mail.</summary>
/// <param name="Id">The service's id of the event, 1 to <see cref="DeliveryEvent.IdMaxLength"/> characters; a repeat has the same.</param>
/// <param name="State">What became of the mail.</param>
/// <param name="At">When, UTC, by the service's clock, in whole seconds.</param>
/// <param name="Email">Whom the mail went to.</param>
/// <param name="Mail">The mail's own id, as it was given along or stands in its Message-ID; null when the event came without it.</param>
/// <param name="MessageId">The service's id of the message, which begins with <see cref="EmailMessage.ProviderId"/>; null when the event
/// came without it.</param>
/// <param name="Text">What the recipient's server said; hostile text, null when it said nothing.</param>
public sealed record DeliveryReport(
    string Id, DeliveryState State, DateTimeOffset At, string Email, EmailMessageId? Mail, string? MessageId, string? Text);
