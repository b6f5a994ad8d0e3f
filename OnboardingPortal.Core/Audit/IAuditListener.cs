using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Audit;

/// <summary>Hears of new audit entries in the transaction that saves them.</summary>
internal interface IAuditListener
{
    /// <summary>
    /// Adds to the context what belongs to the entries; it is saved with the changes, before the end of the chain is held.
    /// </summary>
    /// <param name="db">A context within the transaction.</param>
    /// <param name="happened">Entries of any number of agencies.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task HearAsync(PortalDbContext db, IReadOnlyList<AuditEvent> happened, CancellationToken cancellationToken);
}
