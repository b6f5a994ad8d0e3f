using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.DataSync;

/// <summary>Reads syncs and their runs as people see them.</summary>
internal sealed class SyncReader(PortalDbContextFactory contexts, ContactSources sources, TimeProvider clock)
{
    private const int MaxRuns = 20;

    /// <summary>The syncs of the requests that are in the scope.</summary>
    public static IQueryable<AudienceSync> SyncsIn(PortalDbContext db, RequestScope scope) => scope.OnlyOf is not { } only
        ? db.AudienceSyncs
        : db.AudienceSyncs.Where(s => db.Requests.Any(r => r.Id == s.RequestId && r.RequesterId == only));

    public async Task<IReadOnlyList<SyncLine>> ListAsync(RequestScope scope, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var syncs = await SyncsIn(db, scope).AsNoTracking().OrderByDescending(s => s.Problem != null).ThenByDescending(s => s.Id)
            .Take(SyncService.MaxLines).ToListAsync(cancellationToken);
        return await LinesAsync(db, syncs, cancellationToken);
    }

    public async Task<SyncListPage> ListAsync(
        RequestScope scope, AudienceSyncId? before, int size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, SyncService.MaxPage);
        var last = before ?? AudienceSyncId.From(long.MaxValue);
        await using var db = contexts.Create(scope.Agency);
        var syncs = await SyncsIn(db, scope).AsNoTracking().Where(s => s.Id < last).OrderByDescending(s => s.Id).Take(size + 1)
            .ToListAsync(cancellationToken);
        return new SyncListPage(await LinesAsync(db, [.. syncs.Take(size)], cancellationToken), syncs.Count > size);
    }

    public async Task<IReadOnlyList<SyncLine>> ListWaitingAsync(RequestScope scope, CancellationToken cancellationToken)
    {
        var passing = SyncProblems.OfNobody;
        await using var db = contexts.Create(scope.Agency);
        var syncs = await SyncsIn(db, scope).AsNoTracking()
            .Where(s => s.Problem != null && !passing.Contains(s.Problem) && s.RunId == null && s.State != SyncState.Paused)
            .OrderByDescending(s => s.ProblemSince).ThenByDescending(s => s.Id).Take(PendingTasks.MaxShown).ToListAsync(cancellationToken);
        return await LinesAsync(db, syncs, cancellationToken);
    }

    /// <summary>Those of a client's own request, while the participant may see it.</summary>
    public async Task<IReadOnlyList<SyncLine>> OfClientAsync(ClientCaller caller, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var isIn = await db.Participants.AnyAsync(
            p => p.Id == caller.Participant && p.RequestId == caller.Request && p.EndedAt == null, cancellationToken);
        if (!isIn) return [];
        var syncs = await db.AudienceSyncs.AsNoTracking().Where(s => s.RequestId == caller.Request).OrderByDescending(s => s.Id)
            .Take(SyncService.MaxLines).ToListAsync(cancellationToken);
        return await LinesAsync(db, syncs, cancellationToken);
    }

    public async Task<Result<SyncView>> FindAsync(RequestScope scope, AudienceSyncId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var sync = await SyncsIn(db, scope).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (sync is null) return new SyncNotFound();
        var line = (await LinesAsync(db, [sync], cancellationToken))[0];
        var plan = sync.PlanId is { } made
            ? await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == made, cancellationToken)
            : null;
        var request = sync.Problem is SyncProblem.AdAccountLost or SyncProblem.NoWriteRight ? sync.AdRequestId : sync.RequestId;
        return new SyncView(
            line, sync.Columns, sync.DefaultCountry, sync.LegalBasis, sync.StatedBy, sync.StatedAt, sync.ProblemSince, sync.ProblemDetail,
            plan is null ? null : LineOf(sync, plan), await RunsAsync(db, sync, SyncRunId.From(long.MaxValue), cancellationToken))
        {
            Account = sync.AccountId,
            List = sync.List,
            Filter = sync.Filter,
            CanFilter = sources.Find(sync.Platform) is { CanFilter: true },
            Request = request,
            IsRequestOver = await db.Requests.AnyAsync(
                r => r.Id == request && r.Status == RequestStatus.Connected, cancellationToken),
        };
    }

    public async Task<Result<IReadOnlyList<SyncRunLine>>> RunsAsync(
        RequestScope scope, AudienceSyncId id, SyncRunId before, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var sync = await SyncsIn(db, scope).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        return sync is null ? new SyncNotFound() : await RunsAsync(db, sync, before, cancellationToken);
    }

    private async Task<List<SyncRunLine>> RunsAsync(
        PortalDbContext db, AudienceSync sync, SyncRunId before, CancellationToken cancellationToken)
    {
        var runs = await db.SyncRuns.AsNoTracking().Where(r => r.SyncId == sync.Id && r.Id < before).OrderByDescending(r => r.Id)
            .Take(MaxRuns).ToListAsync(cancellationToken);
        return runs.ConvertAll(r => LineOf(sync, r));
    }

    private async Task<IReadOnlyList<SyncLine>> LinesAsync(
        PortalDbContext db, List<AudienceSync> syncs, CancellationToken cancellationToken)
    {
        var requests = syncs.ConvertAll(s => s.RequestId).Distinct().ToList();
        var clients = await db.Requests.Where(r => requests.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, r => new { r.FirstRecipient, r.CompletedByName }, cancellationToken);
        var assets = syncs.ConvertAll(s => s.AdAccountId).Distinct().ToList();
        var accounts = await db.Assets.Where(a => assets.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, cancellationToken);
        var under = syncs.ConvertAll(s => s.RunId).OfType<SyncRunId>().ToList();
        var runs = await db.SyncRuns.AsNoTracking().Where(r => under.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
        return syncs.ConvertAll(s => new SyncLine(
            s.Id,
            clients.TryGetValue(s.RequestId, out var client) ? ClientOf(client.FirstRecipient, client.CompletedByName) : "",
            s.Platform, s.ListName, accounts.GetValueOrDefault(s.AdAccountId) ?? s.AdAccount, s.AudienceName, s.State, s.Problem, s.Every,
            s.RunId is null && s.State != SyncState.Paused ? s.DueAt : null, s.LastRunAt, s.People,
            s.RunId is { } run && runs.TryGetValue(run, out var running) ? LineOf(s, running) : null)
        {
            Request = s.RequestId,
            Audience = s.Audience,
            ReadyAt = s.ReadyAt,
            ProblemSince = s.ProblemSince,
        });
    }

    /// <summary>A client in the words of the request table.</summary>
    public static string ClientOf(string firstRecipient, string? completedBy) =>
        firstRecipient.Length > 0 ? firstRecipient : completedBy ?? "";

    private SyncRunLine LineOf(AudienceSync sync, SyncRun run) => new(
        run.Id, run.Kind, run.State, run.BegunAt, run.EndedAt, run.Counts, run.Problem, run.ProblemDetail, run.Calls, run.Hash,
        EndsAt(sync, run), run.By)
    {
        Takes = run.TakesSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        PlanHash = run.PlanHash,
    };

    /// <summary>As fast as it went so far, after what it waits for.</summary>
    private DateTimeOffset? EndsAt(AudienceSync sync, SyncRun run)
    {
        var now = clock.GetUtcNow();
        if (run is not { EndedAt: null, StartedAt: { } started, Expected: { } expected, Read: > 0 } || expected < run.Read) return null;
        var rest = (now - started) * ((double)(expected - run.Read) / run.Read);
        return (sync.DueAt > now ? sync.DueAt.Value : now) + rest;
    }
}
