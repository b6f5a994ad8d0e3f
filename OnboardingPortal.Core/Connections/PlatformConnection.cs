using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Connections;

/// <summary>One account at one platform: connected by a client through a request, or by the agency itself.</summary>
public sealed class PlatformConnection : IAgencyOwned
{
    /// <summary>The most UTF-16 code units kept of a name; longer names are cut.</summary>
    public const int NameMaxLength = 300;

    /// <summary>How often the portal asks the platform whether the account still works.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromDays(1);

    private readonly List<ConnectedAsset> _assets = [];

    private PlatformConnection()
    {
    }

    internal PlatformConnection(
        ConnectionId id, AgencyId agency, RequestId request, ParticipantId participant, PlatformKey platform, PlatformAccount account,
        DateTimeOffset now)
    {
        Id = id;
        AgencyId = agency;
        RequestId = request;
        ParticipantId = participant;
        Platform = platform;
        ExternalId = account.ExternalId;
        ConnectedAt = now;
        Rename(account);
    }

    internal PlatformConnection(ConnectionId id, AgencyId agency, PlatformKey platform, PlatformAccount account, DateTimeOffset now)
    {
        Id = id;
        AgencyId = agency;
        Platform = platform;
        ExternalId = account.ExternalId;
        ConnectedAt = now;
        Rename(account);
    }

    /// <summary>The connection's id.</summary>
    public ConnectionId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The request it came through; null for the agency's own.</summary>
    public RequestId? RequestId { get; private set; }

    /// <summary>Who signed in; null for the agency's own.</summary>
    public ParticipantId? ParticipantId { get; private set; }

    /// <summary>At which platform.</summary>
    public PlatformKey Platform { get; private set; }

    /// <summary>The platform's id of the account.</summary>
    public string ExternalId { get; private set; } = "";

    /// <summary>The account's name; hostile text.</summary>
    public string DisplayName { get; private set; } = "";

    /// <summary>What tells accounts of one name apart, e.g. the sign-in address; hostile text, null when the platform gives none.</summary>
    public string? Detail { get; private set; }

    /// <summary>What was granted, in the platform's words, separated by spaces; null where it has none.</summary>
    public string? Scopes { get; private set; }

    /// <summary>Protected <see cref="PlatformCredentials"/>; null once erased.</summary>
    public byte[]? Credentials { get; private set; }

    /// <summary>
    /// Rises with every change of <see cref="Credentials"/>: anybody who renews them saves only over those that they renewed.
    /// </summary>
    public int CredentialsVersion { get; private set; }

    /// <summary>When the access token dies, UTC; null = never, or unknown.</summary>
    public DateTimeOffset? CredentialsExpireAt { get; private set; }

    /// <summary>Until when somebody is renewing the credentials, UTC; a claim that has run out counts as none.</summary>
    public DateTimeOffset? RefreshClaimedUntil { get; private set; }

    /// <summary>When the portal asks the platform again, UTC; null when it will not.</summary>
    public DateTimeOffset? NextCheckAt { get; private set; }

    /// <summary>When the credentials are to be erased, UTC; null = they are kept for data sync.</summary>
    public DateTimeOffset? EraseCredentialsAt { get; private set; }

    /// <summary>Whether it can be used.</summary>
    public ConnectionState State { get; private set; }

    /// <summary>Why <see cref="State"/> is not <see cref="ConnectionState.Active"/>; null when it is.</summary>
    public PlatformFailureKind? Failure { get; private set; }

    /// <summary>When it was connected, UTC.</summary>
    public DateTimeOffset ConnectedAt { get; private set; }

    /// <summary>When the platform last accepted its credentials, UTC.</summary>
    public DateTimeOffset? LastCheckedAt { get; private set; }

    /// <summary>The client's business whose assets are shared; null before one was chosen, or where the platform has none.</summary>
    public string? BusinessId { get; private set; }

    /// <summary>What was chosen to be shared.</summary>
    public IReadOnlyList<ConnectedAsset> Assets => _assets;

    /// <summary>Takes over a fresh sign-in of the same account.</summary>
    /// <param name="participant">Who signed in; null for the agency's own.</param>
    /// <param name="signIn">Whose account, and what was granted.</param>
    /// <param name="credentials">The protected credentials.</param>
    /// <param name="eraseAt">When to erase them, UTC; null = they are kept for data sync and checked daily.</param>
    /// <param name="now">Now, UTC.</param>
    internal void SignIn(ParticipantId? participant, PlatformSignIn signIn, byte[] credentials, DateTimeOffset? eraseAt, DateTimeOffset now)
    {
        Rename(signIn.Account);
        ParticipantId = participant;
        Scopes = signIn.Scopes;
        EraseCredentialsAt = eraseAt;
        Credentials = credentials;
        CredentialsExpireAt = signIn.Credentials.ExpiresAt;
        CredentialsVersion++;
        RefreshClaimedUntil = null;
        MarkWorking(now);
    }

    /// <summary>The platform accepted the credentials.</summary>
    internal void MarkWorking(DateTimeOffset now)
    {
        State = ConnectionState.Active;
        Failure = null;
        LastCheckedAt = now;
        NextCheckAt = EraseCredentialsAt is null ? now + CheckEvery : null;
    }

    /// <summary>
    /// The account cannot be used. What is lifted at the platform is looked for day by day; else somebody signs in again.
    /// </summary>
    internal void MarkReconnectNeeded(PlatformFailureKind failure)
    {
        State = ConnectionState.ReconnectNeeded;
        Failure = failure;
        NextCheckAt = failure.IsLiftedAtThePlatform ? NextCheckAt : null;
    }

    /// <summary>Erases the credentials: the account can no longer be used.</summary>
    internal void Remove()
    {
        State = ConnectionState.Removed;
        Credentials = null;
        CredentialsExpireAt = null;
        NextCheckAt = null;
        CredentialsVersion++;
    }

    internal void ChooseBusiness(string businessId) => BusinessId = businessId;

    internal void AddAsset(ConnectedAsset asset) => _assets.Add(asset);

    private void Rename(PlatformAccount account)
    {
        DisplayName = ForeignText.Fit(account.Name, NameMaxLength);
        Detail = account.Detail is null ? null : ForeignText.Fit(account.Detail, NameMaxLength);
    }
}
