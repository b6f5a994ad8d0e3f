using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Connections;

/// <summary>Erases clients' sign-ins that only served to share assets.</summary>
public sealed class CredentialErasure(PortalDbContextFactory contexts, TimeProvider clock)
{
    /// <summary>One round.</summary>
    /// <returns>How many sign-ins were erased.</returns>
    public async Task<int> EraseDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        return await db.Connections.IgnoreQueryFilters().Where(c => c.EraseCredentialsAt <= now && c.Credentials != null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Credentials, (byte[]?)null), cancellationToken);
    }
}
