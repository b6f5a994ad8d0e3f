using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Requests;

/// <summary>Somebody who opened a link and said who they are; bound to one browser by a cookie.</summary>
public sealed class Participant : IAgencyOwned
{
    /// <summary>The most UTF-16 code units a name may have.</summary>
    public const int NameMaxLength = 120;

    private Participant()
    {
    }

    internal Participant(
        ParticipantId id, OnboardingRequest request, RecipientId? recipient, string name, string email, DateTimeOffset createdAt)
    {
        Id = id;
        AgencyId = request.AgencyId;
        RequestId = request.Id;
        RecipientId = recipient;
        Name = name;
        Email = email;
        CreatedAt = createdAt;
    }

    /// <summary>The participant's id.</summary>
    public ParticipantId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The request whose link they hold.</summary>
    public RequestId RequestId { get; private set; }

    /// <summary>The recipient whose own link they came in by; null = they came by the request's link.</summary>
    public RecipientId? RecipientId { get; private set; }

    /// <summary>As they gave it; hostile text, 1 to <see cref="NameMaxLength"/> characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>As they gave it; an address nobody has verified.</summary>
    public string Email { get; private set; } = "";

    /// <summary>When they came in, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The wizard step they are at: what its platforms grant. Null before the first step was left.</summary>
    public PlatformGrants? Step { get; internal set; }

    /// <summary>When they last said "I'm done here" and left the rest to others, UTC; null while they did not.</summary>
    public DateTimeOffset? DoneAt { get; internal set; }

    /// <summary>When the link they came in by was replaced, UTC: since then their cookie opens nothing. Null while it does.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }
}
