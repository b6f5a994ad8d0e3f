namespace OnboardingPortal.Core.Connections;

/// <summary>A grant that nobody keeps here and that its platform was not told of yet.</summary>
public sealed class Revocation : IAgencyOwned
{
    private Revocation()
    {
    }

    internal Revocation(
        RevocationId id, AgencyId agency, PlatformKey platform, string account, byte[] credentials, DateTimeOffset now,
        DateTimeOffset nextTry)
    {
        Id = id;
        AgencyId = agency;
        Platform = platform;
        ExternalId = account;
        Credentials = credentials;
        BegunAt = now;
        NextTryAt = nextTry;
    }

    /// <summary>The key.</summary>
    public RevocationId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Where it was granted.</summary>
    public PlatformKey Platform { get; private set; }

    /// <summary>The platform's id of the account or person that granted it.</summary>
    public string ExternalId { get; private set; } = "";

    /// <summary>What the platform is told with, encrypted for this row.</summary>
    public byte[] Credentials { get; private set; } = [];

    /// <summary>Since when the portal tries, UTC.</summary>
    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>When it is tried again, UTC.</summary>
    public DateTimeOffset NextTryAt { get; private set; }

    /// <summary>How often it was tried again.</summary>
    public int Failures { get; private set; }
}
