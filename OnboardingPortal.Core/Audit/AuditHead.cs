using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;

namespace OnboardingPortal.Core.Audit;

/// <summary>The end of an agency's chain of audit entries, so that the newest cannot be cut off unseen, and the key that seals the chain.</summary>
internal sealed class AuditHead : IAgencyOwned
{
    private AuditHead()
    {
    }

    public AuditHead(AgencyId agency, MasterKey master)
    {
        AgencyId = agency;
        (WrappedKey, MasterKeyId) = (master.Seal(RandomNumberGenerator.GetBytes(32), WrapData), master.Id);
    }

    public AgencyId AgencyId { get; private set; }

    /// <summary>The newest entry's; 0 while there is none.</summary>
    public long Sequence { get; private set; }

    /// <summary>The newest entry's; empty while there is none.</summary>
    public byte[] Seal { get; private set; } = [];

    /// <summary>
    /// HMAC-SHA256 of the two under the chain's key. The seals of entries stand beside them in the database: without this, who cuts the newest
    /// entries off could name an older one the end.
    /// </summary>
    public byte[] Proof { get; private set; } = [];

    /// <summary>The chain's 256-bit key, under the master key: who only has the database cannot seal.</summary>
    public byte[] WrappedKey { get; private set; } = [];

    /// <summary>Which master key it is wrapped under.</summary>
    public string MasterKeyId { get; private set; } = "";

    private byte[] WrapData => Encoding.UTF8.GetBytes($"audit-key/{AgencyId}");

    public void Move(long sequence, byte[] seal, byte[] key)
    {
        (Sequence, Seal) = (sequence, seal);
        Proof = ProofOf(key);
    }

    public bool IsProvedBy(byte[] key) => CryptographicOperations.FixedTimeEquals(Proof, ProofOf(key));

    /// <summary>The key itself.</summary>
    /// <exception cref="CryptographicException">The master key it is wrapped under is not here, or the row was changed.</exception>
    public byte[] Unwrap(MasterKey master) => master.Open(MasterKeyId, WrappedKey, WrapData);

    /// <summary>Wraps the key under the present master key.</summary>
    public void Rewrap(MasterKey master) => (WrappedKey, MasterKeyId) = (master.Seal(Unwrap(master), WrapData), master.Id);

    private byte[] ProofOf(byte[] key) => HMACSHA256.HashData(key, (byte[])[.. "end of the chain"u8, .. BitConverter.GetBytes(Sequence), .. Seal]);
}
