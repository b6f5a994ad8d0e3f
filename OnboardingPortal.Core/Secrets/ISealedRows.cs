namespace OnboardingPortal.Core.Secrets;

/// <summary>Rows of a folder that keep what <see cref="CredentialProtector"/> protects.</summary>
public interface ISealedRows
{
    /// <summary>Some of an agency's rows that keep a secret, by id.</summary>
    /// <param name="agency">Whose rows.</param>
    /// <param name="after">Only rows with a larger id.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>None when there are no more.</returns>
    Task<IReadOnlyList<SealedRow>> ListAsync(AgencyId agency, long after, CancellationToken cancellationToken);

    /// <summary>Puts a secret in the place of another, unless the row has changed since it was read.</summary>
    /// <returns>Whether it was put there.</returns>
    Task<bool> ReplaceAsync(AgencyId agency, SealedRow row, byte[] secret, CancellationToken cancellationToken);
}

/// <summary>A row with a secret.</summary>
/// <param name="Id">The row's id, which the secret is bound to.</param>
/// <param name="Platform">The platform that the secret is for.</param>
/// <param name="Secret">What the row keeps.</param>
public sealed record SealedRow(long Id, PlatformKey Platform, byte[] Secret);
