using System.Text;

namespace OnboardingPortal.Core.Secrets;

/// <summary>An agency's data key for platform credentials, wrapped under the master key.</summary>
public sealed class AgencyKey : IAgencyOwned
{
    private AgencyKey()
    {
    }

    internal AgencyKey(int id, AgencyId agency, byte[] key, MasterKey master, DateTimeOffset createdAt)
    {
        Id = id;
        AgencyId = agency;
        CreatedAt = createdAt;
        WrappedKey = master.Seal(key, WrapData);
        MasterKeyId = master.Id;
    }

    /// <summary>The key's number within its agency, from 1; stored with every secret it protects.</summary>
    public int Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The 256-bit key, encrypted with AES-256-GCM under the master key.</summary>
    public byte[] WrappedKey { get; private set; } = [];

    /// <summary>Which master key it is wrapped under.</summary>
    public string MasterKeyId { get; private set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    private byte[] WrapData => Encoding.UTF8.GetBytes($"agency-key/{AgencyId}");

    /// <summary>The key itself.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The master key it is wrapped under is not here.</exception>
    internal byte[] Unwrap(MasterKey master) => master.Open(MasterKeyId, WrappedKey, WrapData);

    /// <summary>Wraps the key under the present master key.</summary>
    internal void Rewrap(MasterKey master)
    {
        WrappedKey = master.Seal(Unwrap(master), WrapData);
        MasterKeyId = master.Id;
    }
}
