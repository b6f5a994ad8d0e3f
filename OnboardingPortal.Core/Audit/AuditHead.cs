using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Audit;

/// <summary>
/// The end of an agency's chain of audit entries, so that the newest cannot be cut off unseen, and the key that seals the chain.
/// </summary>
internal sealed class AuditHead : IAgencyOwned, IWrappedKey
{
    private AuditHead()
    {
    }

    public AuditHead(AgencyId agency, MasterKey master)
    {
        AgencyId = agency;
        Proof = ProofOf(Renew(master));
    }

    public AgencyId AgencyId { get; private set; }

    /// <summary>The newest entry's; 0 while there is none.</summary>
    public long Sequence { get; private set; }

    /// <summary>The newest entry's; empty while there is none.</summary>
    public byte[] Seal { get; private set; } = [];

    /// <summary>
    /// HMAC-SHA256 of the two under the chain's key. The seals of entries stand beside them in the database: without this, who cuts the
    /// newest entries off could name an older one the end.
    /// </summary>
    public byte[] Proof { get; private set; } = [];

    /// <summary>The chain's 256-bit key, under the master key: who only has the database cannot seal.</summary>
    public byte[] WrappedKey { get; private set; } = [];

    /// <summary>Which master key it is wrapped under.</summary>
    public string MasterKeyId { get; private set; } = "";

    /// <inheritdoc />
    string IWrappedKey.Purpose => "audit trail";

    private byte[] WrapData => Encoding.UTF8.GetBytes($"audit-key/{AgencyId}");

    public void Move(long sequence, byte[] seal, byte[] key)
    {
        Sequence = sequence;
        Seal = seal;
        Proof = ProofOf(key);
    }

    public bool IsProvedBy(byte[] key) => CryptographicOperations.FixedTimeEquals(Proof, ProofOf(key));

    /// <summary>The key itself; null when the master key it is wrapped under is not here, or the row was changed.</summary>
    public byte[]? TryUnwrap(MasterKey master)
    {
        try
        {
            return master.Open(MasterKeyId, WrappedKey, WrapData);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Wraps the key under the present master key.</summary>
    /// <returns>False when it does not open: nothing is changed.</returns>
    public bool TryRewrap(MasterKey master)
    {
        if (TryUnwrap(master) is not { } key) return false;
        WrappedKey = master.Seal(key, WrapData);
        MasterKeyId = master.Id;
        return true;
    }

    /// <summary>Gives the chain a new key, which is returned.</summary>
    public byte[] Renew(MasterKey master)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        WrappedKey = master.Seal(key, WrapData);
        MasterKeyId = master.Id;
        return key;
    }

    private byte[] ProofOf(byte[] key) =>
        HMACSHA256.HashData(key, (byte[])[.. "end of the chain"u8, .. BitConverter.GetBytes(Sequence), .. Seal]);
}
