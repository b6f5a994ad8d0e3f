using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Connections;

/// <summary>Erases clients' sign-ins that only served to share assets, and answers of platforms that no browser came to take.</summary>
public sealed class CredentialErasure(PortalDbContextFactory contexts, TimeProvider clock)
{
    /// <summary>One round.</summary>
    /// <returns>How many sign-ins were erased.</returns>
    public async Task<int> EraseDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        var late = now - ConnectAttempt.Life;
        await db.ConnectAttempts.IgnoreQueryFilters().Where(a => a.AnswerProtected != null && a.BegunAt < late)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.AnswerProtected, (string?)null), cancellationToken);
        return await db.Connections.IgnoreQueryFilters().Where(c => c.EraseCredentialsAt <= now && c.Credentials != null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Credentials, (byte[]?)null), cancellationToken);
    }
}
