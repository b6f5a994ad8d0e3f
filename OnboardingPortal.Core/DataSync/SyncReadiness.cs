using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.DataSync;

/// <summary>Looks at Facebook whether audiences that were filled can be used by now, which takes Facebook hours or days.</summary>
internal sealed class SyncReadiness(
    PortalDbContextFactory contexts, SyncGrants grants, FacebookAudiences audiences, SyncFeed feed, RoundItems items, TimeProvider clock)
{
    /// <summary>How often is looked.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    private const int MaxLooksARound = 1000;

    /// <summary>One that cannot be used so long after its last run is too small, and is looked at again after its next run.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    /// <summary>One round.</summary>
    /// <returns>How many audiences turned out to be ready.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - LongestWait;
        var round = await items.BeginAsync(RoundKind.Audience, cancellationToken);
        var resting = round.RestingIds<AudienceSyncId>();
        await using var db = contexts.CreateForSystem();
        var filled = await db.AudienceSyncs.IgnoreQueryFilters().AsNoTracking()
            .Where(s => s.ReadyAt == null && s.Audience != null && s.People > 0 && s.RunId == null && s.LastRunAt >= since)
            .Where(s => !resting.Contains(s.Id)).OrderBy(s => s.LastRunAt).Take(MaxLooksARound).ToListAsync(cancellationToken);
        var ready = 0;
        foreach (var sync in filled)
        {
            await round.TryAsync(
                sync.AgencyId, sync.Id, async () => ready += await LookAsync(sync, cancellationToken) ? 1 : 0, cancellationToken);
        }

        return ready;
    }

    private async Task<bool> LookAsync(AudienceSync sync, CancellationToken cancellationToken)
    {
        var (token, problem) = await grants.CheckAsync(sync, cancellationToken);
        if (problem is not null) return false; // told by its next run
        var audience = await audiences.FindAsync(token, sync.Audience!, cancellationToken);
        if (audience is not { Succeeded: true, Value: { IsReady: true, State: AudienceState.Normal } }) return false;
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(sync.AgencyId);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            var isFirst = await db.AudienceSyncs.Where(s => s.Id == sync.Id && s.ReadyAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.ReadyAt, now), cancellationToken) == 1;
            if (!isFirst) return false; // another node was
            db.AuditEvents.Add(new AuditEvent(
                AuditEventId.New(clock), sync.AgencyId, now, AuditKind.AudienceReady, Actor.System, sync.RequestId, sync.Platform,
                sync.ListName)
            {
                Sync = sync.Id,
            });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await feed.PublishAsync(db, sync.AgencyId, sync.Id, cancellationToken);
        return true;
    }
}
