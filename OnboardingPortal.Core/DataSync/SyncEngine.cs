using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// Runs syncs whose time has come, or that somebody asked for. A run has as many turns as it needs: whatever it waits for, it waits without
/// holding up others.
/// </summary>
internal sealed class SyncEngine(
    PortalDbContextFactory contexts, RoundItems items, SyncSignal signal, SyncPasses passes, SyncTurns turns, SyncGrants grants,
    SyncEnding ending, TimeProvider clock)
    : LeasedWork<AudienceSync, AudienceSyncId>(contexts, items, signal, clock)
{
    private static readonly TimeSpan OfAnotherNode = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    protected override RoundKind Kind => RoundKind.Sync;

    /// <inheritdoc />
    protected override Leases<AudienceSync> Leases { get; } = new(TimeSpan.FromMinutes(5), s => s.LeasedUntil);

    /// <inheritdoc />
    protected override Expression<Func<AudienceSync, AudienceSyncId>> Id => s => s.Id;

    /// <inheritdoc />
    protected override int AtOnce => 2;

    /// <summary>One round: a turn of each sync that is due, and more of those that have more to do.</summary>
    /// <returns>How many runs ended.</returns>
    public async Task<int> SyncAsync(CancellationToken cancellationToken)
    {
        passes.Forget(Clock.GetUtcNow());
        await WakeMendedAsync(cancellationToken);
        return await RunAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override IQueryable<AudienceSync> Due(IQueryable<AudienceSync> rows)
    {
        var (now, node) = (Clock.GetUtcNow(), passes.Node);
        var late = now - OfAnotherNode;
        return rows.Where(s => s.DueAt <= now && (s.Node == null || s.Node == node || s.DueAt <= late));
    }

    /// <inheritdoc />
    protected override async Task<Turn> DoAsync(
        AudienceSync row, Lease<AudienceSync> lease, RoundItems.Round round, CancellationToken cancellationToken)
    {
        await using var db = Contexts.Create(row.AgencyId);
        // As it is under the lease: what was found may be older.
        var sync = await db.AudienceSyncs.AsNoTracking().SingleOrDefaultAsync(s => s.Id == row.Id, cancellationToken);
        if (sync is null) return new Turn(0, MayGoOn: false);
        var run = await FindRunAsync(db, sync, lease, cancellationToken);
        if (run is null) return new Turn(0, MayGoOn: true);
        var (step, pass) = await turns.TakeAsync(sync, run, lease, cancellationToken);
        if (step.Kind == SyncStepKind.Wait)
        {
            await ending.WaitAsync(sync, run, lease, step, pass, cancellationToken);
            return new Turn(0, MayGoOn: true);
        }

        await ending.EndAsync(sync, run, lease, step, pass, cancellationToken);
        if (pass is not null) passes.Drop(pass);
        return new Turn(1, MayGoOn: true);
    }

    /// <summary>The run under way, or the one that begins now; null when nothing is to be done.</summary>
    private async Task<SyncRun?> FindRunAsync(
        PortalDbContext db, AudienceSync sync, Lease<AudienceSync> lease, CancellationToken cancellationToken)
    {
        if (sync.RunId is { } under)
        {
            var found = await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == under, cancellationToken);
            if (found is { State: SyncRunState.Waiting or SyncRunState.Running }) return found;
            if (found is not null) await ending.FreeAsync(sync, found, lease, cancellationToken); // a node died before it could
            return null;
        }

        if (sync.State == SyncState.Paused || (sync.State == SyncState.New && sync.Retries is null))
        {
            await lease.RenewAsync(set => set.SetProperty(s => s.DueAt, (DateTimeOffset?)null), cancellationToken);
            return null;
        }

        var (_, problem) = await grants.CheckAsync(sync, cancellationToken);
        if (problem is not null && problem == sync.Problem)
        {
            await ending.StillWaitingAsync(sync, lease, cancellationToken); // no line of history each time
            return null;
        }

        var kind = sync.Retries ?? SyncRunKind.Run;
        var run = new SyncRun(SyncRunId.New(Clock), sync.AgencyId, sync.Id, kind, by: null, Clock.GetUtcNow());
        db.SyncRuns.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        if (await db.AudienceSyncs.Where(s => s.Id == sync.Id && s.RunId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RunId, run.Id), cancellationToken) == 1) return run;
        db.SyncRuns.Remove(run); // somebody asked for one at this moment
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>What was mended since a sync failed lets it go on at once.</summary>
    private async Task WakeMendedAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        await using var db = Contexts.CreateForSystem();
        var waiting = db.AudienceSyncs.IgnoreQueryFilters()
            .Where(s => s.RunId == null && s.Retries != null && s.DueAt > now && s.State != SyncState.Paused);
        await SyncGrants.FollowAsync(db, waiting, now, cancellationToken);
        await waiting.Where(s => s.Problem == SyncProblem.SourceSignInOver || s.Problem == SyncProblem.SourceRefused)
            .Where(s => db.Connections.Any(
                c => c.Id == s.AccountId && c.State == ConnectionState.Active && c.LastCheckedAt > s.FailedAt))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, now), cancellationToken);
        await waiting.Where(s => s.Problem == SyncProblem.AdAccountLost)
            .Where(s => db.Assets.Any(a => a.Id == s.AdAccountId && a.State == AssetState.Shared && a.StateSince > s.FailedAt))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, now), cancellationToken);
        await waiting.Where(s => s.Problem == SyncProblem.FacebookSignInOver)
            .Where(s => db.Requests.Any(r => r.Id == s.AdRequestId
                && db.FacebookUsers.Any(u => u.Id == r.FacebookUserId && u.Failure == null && u.LastCheckedAt > s.FailedAt)))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, now), cancellationToken);
    }
}
