using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.DataSync;

/// <summary>The syncs whose time has come and that nobody works on.</summary>
public sealed class SyncBacklog(PortalDbContextFactory contexts, TimeProvider clock) : IBacklog
{
    /// <inheritdoc />
    public string Name => "syncs";

    /// <inheritdoc />
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return await Waiting(db).OrderBy(s => s.DueAt).Take(IBacklog.MaxCounted).CountAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<TimeSpan> AgeAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var first = await Waiting(db).OrderBy(s => s.DueAt).Select(s => s.DueAt).FirstOrDefaultAsync(cancellationToken);
        return clock.GetUtcNow() - first is { Ticks: > 0 } age ? age : TimeSpan.Zero;
    }

    private IQueryable<AudienceSync> Waiting(PortalDbContext db)
    {
        var now = clock.GetUtcNow();
        return db.AudienceSyncs.IgnoreQueryFilters().Where(s => s.DueAt <= now && (s.LeasedUntil == null || s.LeasedUntil <= now));
    }
}
