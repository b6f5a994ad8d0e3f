using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Outbox;

/// <summary>The mails that wait. Both readings go through the index of the delivery job alone.</summary>
public sealed class OutboxBacklog(PortalDbContextFactory contexts, TimeProvider clock) : IBacklog
{
    /// <inheritdoc />
    public string Name => "outbox";

    /// <inheritdoc />
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return await db.EmailMessages.IgnoreQueryFilters().Where(m => m.State == EmailState.Queued)
            .OrderBy(m => m.AgencyId).ThenBy(m => m.IsAwaited).ThenBy(m => m.NextAttemptAt).Take(IBacklog.MaxCounted)
            .CountAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<TimeSpan> AgeAsync(CancellationToken cancellationToken)
    {
        // as parameters: SQLite finds no index for "NOT" a column
        var awaited = true;
        var other = false;
        await using var db = contexts.CreateForSystem();
        var queued = db.EmailMessages.IgnoreQueryFilters().Where(m => m.State == EmailState.Queued);
        var firsts = await db.AgencyIds.Select(id => new
        {
            Awaited = queued.Where(m => m.AgencyId == id && m.IsAwaited == awaited).OrderBy(m => m.NextAttemptAt)
                .Select(m => (DateTimeOffset?)m.NextAttemptAt).FirstOrDefault(),
            Other = queued.Where(m => m.AgencyId == id && m.IsAwaited == other).OrderBy(m => m.NextAttemptAt)
                .Select(m => (DateTimeOffset?)m.NextAttemptAt).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        var late = clock.GetUtcNow() - firsts.SelectMany(f => new[] { f.Awaited, f.Other }).Min();
        return late is { Ticks: > 0 } age ? age : TimeSpan.Zero;
    }
}
