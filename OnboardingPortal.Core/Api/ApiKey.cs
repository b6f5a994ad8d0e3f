namespace OnboardingPortal.Core.Api;

/// <summary>
/// A key that a program of the agency calls the API with. It acts as the user who made it. The key itself is shown once and kept as its
/// hash.
/// </summary>
public sealed class ApiKey : IAgencyOwned
{
    /// <summary>The most UTF-16 code units of a name.</summary>
    public const int NameMaxLength = 80;

    /// <summary>For how many days a key works unless its maker chooses fewer.</summary>
    public const int UsualDays = 365;

    /// <summary>The most characters of <see cref="Prefix"/>.</summary>
    public const int PrefixMaxLength = 16;

    /// <summary>For how many days a key can be made.</summary>
    public static readonly IReadOnlyList<int> DayChoices = [30, 90, 180, UsualDays];

    private ApiKey()
    {
    }

    internal ApiKey(
        ApiKeyId id, AgencyCaller by, string name, string prefix, byte[] hash, IReadOnlyList<ApiScope> scopes, DateTimeOffset now,
        DateTimeOffset expires)
    {
        Id = id;
        AgencyId = by.Agency;
        CreatedBy = by.User;
        CreatedByName = by.Name;
        Name = name;
        Prefix = prefix;
        Hash = hash;
        Scopes = scopes;
        CreatedAt = now;
        ExpiresAt = expires;
    }

    /// <summary>The key's id.</summary>
    public ApiKeyId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>What it is for, 1 to <see cref="NameMaxLength"/> UTF-16 code units.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The key's first characters, by which people tell keys apart; no secret.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>SHA-256 of the whole key.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>What it may do.</summary>
    public IReadOnlyList<ApiScope> Scopes { get; private set; } = [];

    /// <summary>The user it acts as.</summary>
    public AgencyUserId CreatedBy { get; private set; }

    /// <summary>That user's name at the time.</summary>
    public string CreatedByName { get; private set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was last used, UTC, to the minute; null = never.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>When it stops working, UTC; null = made before keys had an end, which <see cref="ApiKeyExpiry"/> gives it.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When its maker was mailed that it expires soon, UTC; null = not yet.</summary>
    public DateTimeOffset? NoticedAt { get; private set; }

    /// <summary>When it was revoked, UTC; null while it works.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }
}
