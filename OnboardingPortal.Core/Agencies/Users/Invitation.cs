namespace OnboardingPortal.Core.Agencies;

/// <summary>An invitation by mail to become a user of an agency: one address, one role, one use, seven days.</summary>
public sealed class Invitation : IAgencyOwned
{
    /// <summary>How long the link lives after it was last sent.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private Invitation()
    {
    }

    internal Invitation(InvitationId id, AgencyCaller by, string email, AgencyRole role, DateTimeOffset now)
    {
        Id = id;
        AgencyId = by.Agency;
        Email = email;
        Role = role;
        InvitedBy = by.User;
        InvitedByName = by.Name;
        CreatedAt = now;
        ExpiresAt = now + Life;
    }

    /// <summary>The invitation's id.</summary>
    public InvitationId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Who is invited: the bare address, which becomes the user's.</summary>
    public string Email { get; private set; } = "";

    /// <summary>What they will be.</summary>
    public AgencyRole Role { get; private set; }

    /// <summary>Who invited them.</summary>
    public AgencyUserId InvitedBy { get; private set; }

    /// <summary>That user's name at the time.</summary>
    public string InvitedByName { get; private set; } = "";

    /// <summary>SHA-256 of the newest link's token. Stays when it was used or cancelled, so that the dead link can say which.</summary>
    public byte[]? TokenHash { get; private set; }

    /// <summary>The token, protected by Data Protection, for the mail; null when it was used or cancelled.</summary>
    public string? TokenProtected { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the link dies, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When it was last sent, UTC.</summary>
    public DateTimeOffset SentAt => ExpiresAt - Life;

    /// <summary>When it was accepted, UTC; null while open.</summary>
    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>When it was taken back, UTC; null while open.</summary>
    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>Whether it can be accepted at <paramref name="now"/>.</summary>
    public bool IsOpenAt(DateTimeOffset now) => AcceptedAt is null && CancelledAt is null && ExpiresAt > now;

    /// <summary>Gives the link a new token and a new life: links of before are dead.</summary>
    internal void Send(byte[] tokenHash, string tokenProtected, DateTimeOffset now)
    {
        TokenHash = tokenHash;
        TokenProtected = tokenProtected;
        ExpiresAt = now + Life;
    }

    internal void Accept(DateTimeOffset now)
    {
        AcceptedAt = now;
        TokenProtected = null;
    }

    internal void Cancel(DateTimeOffset now)
    {
        CancelledAt = now;
        TokenProtected = null;
    }
}
