using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Secrets;

/// <summary>Knows the keys that a folder keeps in rows of its own, wrapped under the master key.</summary>
public interface IWrappedKeys
{
    /// <summary>All of them, of every agency, tracked by the context.</summary>
    internal Task<IReadOnlyList<IWrappedKey>> ListAsync(PortalDbContext db, CancellationToken cancellationToken);
}

/// <summary>A key of an agency that is wrapped under the master key.</summary>
public interface IWrappedKey
{
    /// <summary>Whose key it is.</summary>
    AgencyId AgencyId { get; }

    /// <summary>What it is the key of, as the operator reads it in English.</summary>
    string Purpose { get; }

    /// <summary>Which master key it is wrapped under.</summary>
    string MasterKeyId { get; }

    /// <summary>Wraps the key under the present master key.</summary>
    /// <returns>False when it does not open: nothing is changed.</returns>
    bool TryRewrap(MasterKey master);
}
