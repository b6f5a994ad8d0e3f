using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.Core.Connections;

/// <summary>
/// A Facebook user that the agency connected: its account checks what clients share, and its Business Managers receive it.
/// </summary>
public sealed class AgencyFacebookUser : IAgencyOwned
{
    /// <summary>The most UTF-16 code units kept of a name; longer names are cut.</summary>
    public const int NameMaxLength = 300;

    private readonly List<BusinessManager> _businessManagers = [];

    private AgencyFacebookUser()
    {
    }

    internal AgencyFacebookUser(AgencyFacebookUserId id, AgencyId agency, string externalId, DateTimeOffset now)
    {
        Id = id;
        AgencyId = agency;
        ExternalId = externalId;
        ConnectedAt = now;
    }

    /// <summary>The id here.</summary>
    public AgencyFacebookUserId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Facebook's id of the person, scoped to our app.</summary>
    public string ExternalId { get; private set; } = "";

    /// <summary>The person's name at Facebook; hostile text.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Protected <see cref="PlatformCredentials"/>; null once erased.</summary>
    public byte[]? Credentials { get; private set; }

    /// <summary>When Facebook stops accepting them, UTC; null = unknown.</summary>
    public DateTimeOffset? CredentialsExpireAt { get; private set; }

    /// <summary>Why the user must sign in again; null while the credentials work.</summary>
    public PlatformFailureKind? Failure { get; private set; }

    /// <summary>When first connected, UTC.</summary>
    public DateTimeOffset ConnectedAt { get; private set; }

    /// <summary>When the Business Managers were last read, UTC.</summary>
    public DateTimeOffset LastCheckedAt { get; private set; }

    /// <summary>When the portal asks Facebook again, UTC; null = not planned yet.</summary>
    public DateTimeOffset? NextCheckAt { get; private set; }

    /// <summary>The Business Managers the user works in, whatever their role.</summary>
    public IReadOnlyList<BusinessManager> BusinessManagers => _businessManagers;

    internal void SignIn(
        string name, byte[] credentials, DateTimeOffset? expireAt, IEnumerable<BusinessManager> businessManagers, DateTimeOffset now)
    {
        Name = ForeignText.Fit(name, NameMaxLength);
        Works(credentials, expireAt, businessManagers, now);
    }

    /// <summary>Facebook accepts the user.</summary>
    internal void Works(byte[] credentials, DateTimeOffset? expireAt, IEnumerable<BusinessManager> businessManagers, DateTimeOffset now)
    {
        Credentials = credentials;
        CredentialsExpireAt = expireAt;
        Failure = null;
        LastCheckedAt = now;
        NextCheckAt = now + PlatformConnection.CheckEvery;
        _businessManagers.Clear();
        _businessManagers.AddRange(businessManagers.Select(b => b with { Name = ForeignText.Fit(b.Name, NameMaxLength) }));
    }
}
