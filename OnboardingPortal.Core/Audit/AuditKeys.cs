using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Audit;

/// <summary>The keys of audit chains, for the key ring.</summary>
internal sealed class AuditKeys : IWrappedKeys
{
    async Task<IReadOnlyList<IWrappedKey>> IWrappedKeys.ListAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await db.AuditHeads.IgnoreQueryFilters().ToListAsync(cancellationToken);
}
