using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Core.Data;

/// <summary>An agency's data key for platform credentials, wrapped under the master key.</summary>
public sealed class AgencyKey : IAgencyOwned
{
    private AgencyKey()
    {
    }

    internal AgencyKey(int id, AgencyId agency, byte[] wrappedKey, DateTimeOffset createdAt) =>
        (Id, AgencyId, WrappedKey, CreatedAt) = (id, agency, wrappedKey, createdAt);

    /// <summary>The key's number within its agency, from 1; stored with every secret it protects.</summary>
    public int Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The 256-bit key, encrypted with AES-256-GCM under the master key.</summary>
    public byte[] WrappedKey { get; private set; } = [];

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }
}
