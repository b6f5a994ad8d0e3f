using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Keeps the log of deliveries short, and no secret longer than it signs.</summary>
public sealed class WebhookPurge(PortalDbContextFactory contexts, TimeProvider clock)
{
    /// <summary>How long a delivery stays in the log.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int Batch = 1000;

    /// <summary>One round. A delivery that still waits stays, however old.</summary>
    /// <returns>How many deliveries were forgotten.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        await db.WebhookEndpoints.IgnoreQueryFilters().Where(e => e.PreviousSecretUntil <= now).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.PreviousSecretProtected, (string?)null)
                .SetProperty(e => e.PreviousSecretUntil, (DateTimeOffset?)null), cancellationToken);
        var forgotten = 0;
        while (true)
        {
            var old = await db.WebhookDeliveries.IgnoreQueryFilters()
                .Where(d => d.CreatedAt < now - KeptFor && d.State != WebhookDeliveryState.Queued)
                .OrderBy(d => d.CreatedAt).Select(d => d.Id).Take(Batch).ToListAsync(cancellationToken);
            forgotten += await db.WebhookDeliveries.IgnoreQueryFilters().Where(d => old.Contains(d.Id))
                .ExecuteDeleteAsync(cancellationToken);
            if (old.Count < Batch) return forgotten;
        }
    }
}
