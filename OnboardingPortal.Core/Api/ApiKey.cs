using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Core.Api;

/// <summary>A key that a program of the agency calls the API with. It acts as the user who made it. The key itself is shown once and kept as its hash.</summary>
public sealed class ApiKey : IAgencyOwned
{
    /// <summary>The most UTF-16 code units of a name.</summary>
    public const int NameMaxLength = 80;

    /// <summary>The most characters of <see cref="Prefix"/>.</summary>
    public const int PrefixMaxLength = 16;

    private ApiKey()
    {
    }

    internal ApiKey(ApiKeyId id, AgencyCaller by, string name, string prefix, byte[] hash, IReadOnlyList<ApiScope> scopes, DateTimeOffset now)
    {
        (Id, AgencyId, CreatedBy, CreatedByName) = (id, by.Agency, by.User, by.Name);
        (Name, Prefix, Hash, Scopes, CreatedAt) = (name, prefix, hash, scopes, now);
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

    /// <summary>When it was revoked, UTC; null while it works.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }
}
