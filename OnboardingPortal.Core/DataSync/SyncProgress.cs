using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.DataSync;

/// <summary>Writes down how far runs are, and tells whoever watches; while a list is read at most once a second.</summary>
internal sealed class SyncProgress(PortalDbContextFactory contexts, SyncFeed feed, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A turn begins: what another node holds of the run is worth nothing from now on.</summary>
    public async Task BeginTurnAsync(SyncRun run, CancellationToken cancellationToken)
    {
        var (id, turns, now) = (run.Id, run.Turns + 1, clock.GetUtcNow());
        await using var db = contexts.Create(run.AgencyId);
        await db.SyncRuns.Where(r => r.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Turns, turns).SetProperty(r => r.State, SyncRunState.Running)
                .SetProperty(r => r.StartedAt, r => r.StartedAt ?? now), cancellationToken);
        if (run.StartedAt is null) await feed.PublishAsync(db, run.AgencyId, run.SyncId, cancellationToken);
    }

    /// <summary>A list is read from its beginning.</summary>
    public async Task BeginPassAsync(SyncRun run, bool replaces, CancellationToken cancellationToken)
    {
        var id = run.Id;
        await using var db = contexts.Create(run.AgencyId);
        await db.SyncRuns.Where(r => r.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Replaces, replaces), cancellationToken);
    }

    /// <summary>How far a run is.</summary>
    public async Task TellAsync(SyncWork work, SyncPass pass, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - pass.ToldAt < Every) return;
        pass.ToldAt = now;
        await using var db = contexts.Create(work.Sync.AgencyId);
        await db.SyncRuns.Where(r => r.Id == work.Run.Id).ExecuteUpdateAsync(set => Write(set, pass, pass.Calls), cancellationToken);
        await feed.PublishAsync(db, work.Sync.AgencyId, work.Sync.Id, cancellationToken);
    }

    /// <summary>Sets what was counted.</summary>
    public static void Write(UpdateSettersBuilder<SyncRun> set, SyncPass pass, int calls)
    {
        var counts = pass.Counts;
        set.SetProperty(r => r.Expected, counts.Expected).SetProperty(r => r.Read, counts.Read).SetProperty(r => r.Valid, counts.Valid)
            .SetProperty(r => r.OptedOut, counts.OptedOut).SetProperty(r => r.Unchanged, counts.Unchanged)
            .SetProperty(r => r.Added, counts.Added).SetProperty(r => r.Removed, counts.Removed)
            .SetProperty(r => r.Rejected, counts.Rejected).SetProperty(r => r.Matched, counts.Matched)
            .SetProperty(r => r.Skipped, counts.Skipped).SetProperty(r => r.Calls, calls);
    }
}
