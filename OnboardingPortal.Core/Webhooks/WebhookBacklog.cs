using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>The events that wait for their webhooks. Both readings go through the index of the delivering job alone.</summary>
public sealed class WebhookBacklog(PortalDbContextFactory contexts, TimeProvider clock) : IBacklog
{
    /// <inheritdoc />
    public string Name => "webhooks";

    /// <inheritdoc />
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return await Waiting(db).Take(IBacklog.MaxCounted).CountAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<TimeSpan> AgeAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var first = await Waiting(db).Select(d => (DateTimeOffset?)d.NextAttemptAt).FirstOrDefaultAsync(cancellationToken);
        return clock.GetUtcNow() - first is { Ticks: > 0 } age ? age : TimeSpan.Zero;
    }

    private static IQueryable<WebhookDelivery> Waiting(PortalDbContext db) =>
        db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.State == WebhookDeliveryState.Queued).OrderBy(d => d.NextAttemptAt);
}
