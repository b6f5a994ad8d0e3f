namespace OnboardingPortal.Core.Outbox;

/// <summary>What a mail service told about a mail, once: a repeat of the same event is known by its id.</summary>
public sealed class DeliveryEvent : IAgencyOwned
{
    /// <summary>The most characters of an event's id; longer ones are refused.</summary>
    public const int IdMaxLength = 200;

    private DeliveryEvent()
    {
    }

    internal DeliveryEvent(
        string id, AgencyId agency, EmailMessageId mail, DeliveryState state, DateTimeOffset at, DateTimeOffset receivedAt)
    {
        Id = id;
        AgencyId = agency;
        MailId = mail;
        State = state;
        At = at;
        ReceivedAt = receivedAt;
    }

    /// <summary>The mail service's id of the event, <c>sg_event_id</c>.</summary>
    public string Id { get; private set; } = "";

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Which mail.</summary>
    public EmailMessageId MailId { get; private set; }

    /// <summary>What became of it.</summary>
    public DeliveryState State { get; private set; }

    /// <summary>When it happened, UTC, as the mail service says.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>When the portal was told, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }
}
