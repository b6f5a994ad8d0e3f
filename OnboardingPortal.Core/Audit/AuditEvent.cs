namespace OnboardingPortal.Core.Audit;

/// <summary>One thing that happened: who, what, when, from where. A request's timeline is its events.</summary>
public sealed class AuditEvent : IAgencyOwned
{
    /// <summary>The most UTF-16 code units kept of <see cref="Detail"/>; longer text is cut.</summary>
    public const int DetailMaxLength = 500;

    private AuditEvent()
    {
    }

    /// <summary>Notes an event.</summary>
    /// <param name="id">New id; its order is the order of events.</param>
    /// <param name="agency">The tenant.</param>
    /// <param name="at">UTC.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="request">The request concerned, if any.</param>
    /// <param name="platform">The platform concerned, if any.</param>
    /// <param name="detail">A name or number that completes the sentence; hostile text, shown encoded only.</param>
    public AuditEvent(
        AuditEventId id, AgencyId agency, DateTimeOffset at, AuditKind kind, Actor actor, RequestId? request, PlatformKey? platform,
        string? detail)
    {
        Id = id;
        AgencyId = agency;
        At = at;
        Kind = kind;
        RequestId = request;
        Platform = platform;
        Topic = AuditTopics.TopicOf(kind);
        ActorKind = actor.Kind;
        ActorId = actor.Id;
        ActorName = actor.Name;
        Address = actor.Address;
        Detail = detail is null ? null : ForeignText.Fit(detail, DetailMaxLength);
    }

    /// <summary>The event's id.</summary>
    public AuditEventId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>What happened.</summary>
    public AuditKind Kind { get; private set; }

    /// <summary>What it is about: <see cref="AuditTopics.TopicOf"/> of the kind, kept for the filter.</summary>
    public AuditTopic Topic { get; private set; }

    /// <summary>The request concerned; null for events of the agency itself.</summary>
    public RequestId? RequestId { get; private set; }

    /// <summary>The platform concerned; null when none is.</summary>
    public PlatformKey? Platform { get; private set; }

    /// <summary>Which kind of person acted.</summary>
    public ActorKind ActorKind { get; private set; }

    /// <summary>Agency user's or participant's id; 0 for neither.</summary>
    public long ActorId { get; private set; }

    /// <summary>The actor's name when it happened.</summary>
    public string ActorName { get; private set; } = "";

    /// <summary>The actor's network address; null when unknown.</summary>
    public string? Address { get; private set; }

    /// <summary>A name or number that completes the sentence; at most <see cref="DetailMaxLength"/> characters.</summary>
    public string? Detail { get; private set; }

    /// <summary>The data sync concerned, for who listens; the trail keeps its list's name instead. Null when none is.</summary>
    internal AudienceSyncId? Sync { get; init; }

    /// <summary>The name of why it happened, for who listens; null when there is nothing to say.</summary>
    internal string? Reason { get; init; }

    /// <summary>The entry's place in its agency's chain, from 1 without a gap; null for entries older than the chain.</summary>
    public long? Sequence { get; private set; }

    /// <summary>What binds the entry to the one before it, see <see cref="AuditChain"/>; null for entries older than the chain.</summary>
    public byte[]? Seal { get; private set; }

    internal void Chain(long sequence, byte[] seal)
    {
        Sequence = sequence;
        Seal = seal;
    }
}
