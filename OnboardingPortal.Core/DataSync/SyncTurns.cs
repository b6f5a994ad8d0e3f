using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// One turn of a run: reads and sends page by page until it is done, must wait, or was long enough. What was read rests in memory until the
/// next turn.
/// </summary>
internal sealed class SyncTurns(
    PortalDbContextFactory contexts, SyncPasses passes, SyncSecrets secrets, RosterStore rosters, SyncGrants grants,
    ContactSources sources, AccountCredentials credentials, SyncAudiences audiences, SyncSending sending, SyncProgress progress,
    SyncLimits limits, TimeProvider clock)
{
    private const int MaxFailures = 5;
    private const int MaxRestarts = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Renewed = TimeSpan.FromMinutes(4); // of five: once a minute
    private static readonly TimeSpan QuotaPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Full = TimeSpan.FromMinutes(1);

    private static readonly Pauses Pauses = Pauses.Of(
        TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30));

    /// <summary>Takes the turn.</summary>
    /// <returns>What came of it, and what was counted; null where nothing was read.</returns>
    public async Task<(SyncStep Step, SyncPass? Pass)> TakeAsync(
        AudienceSync sync, SyncRun run, Lease<AudienceSync> lease, CancellationToken cancellationToken)
    {
        var pass = passes.Take(sync.Id, run.Id, run.Turns);
        if (sync.IsCancelled) return (SyncStep.Cancelled, pass);
        if (pass is null && passes.AreFull) return (SyncStep.Wait(clock.GetUtcNow() + Full), null);
        var (token, problem) = await grants.CheckAsync(sync, cancellationToken);
        if (problem is { } lost) return (SyncStep.Fail(lost), pass);
        if (sources.Find(sync.Platform) is not { } source) return (SyncStep.Fail(SyncProblem.SourceRefused), pass);
        var work = new SyncWork(sync, run, lease, token);
        await progress.BeginTurnAsync(run, cancellationToken);
        var step = pass is null ? await audiences.PrepareAsync(work, cancellationToken) : SyncStep.GoOn;
        if (step.Kind == SyncStepKind.GoOn) pass ??= await BeginAsync(work, mustReplace: false, cancellationToken);
        var (begun, restarts) = (clock.GetTimestamp(), run.Restarts);
        while (step.Kind == SyncStepKind.GoOn)
        {
            step = await NextAsync(work, pass!, source, cancellationToken);
            if (step.Kind == SyncStepKind.Restart)
            {
                if (++restarts > MaxRestarts) return (SyncStep.Fail(SyncProblem.SessionExpired), pass);
                await rosters.RestartAsync(work, restarts, cancellationToken);
                pass = await BeginAsync(work, mustReplace: true, cancellationToken);
                step = SyncStep.GoOn;
            }
            else if (step.Kind == SyncStepKind.GoOn && clock.GetElapsedTime(begun) > Longest)
            {
                step = SyncStep.Wait(clock.GetUtcNow()); // others have their turn
            }
        }

        if (step.Kind == SyncStepKind.Wait && pass is not null)
        {
            (pass.Turn, pass.RestsUntil) = (run.Turns + 1, step.Until);
            passes.Keep(sync.Id, pass);
        }

        return (step, pass);
    }

    private async Task<SyncPass> BeginAsync(SyncWork work, bool mustReplace, CancellationToken cancellationToken)
    {
        var (sync, run) = (work.Sync, work.Run);
        var roster = await rosters.LoadAsync(sync, cancellationToken);
        var known = await audiences.KnownAsync(work, cancellationToken);
        var replaces = mustReplace || known.Count > 0 || (run.Replaces && !work.IsSettled) || roster.People == 0
            || await IsDoubtfulAsync(sync, cancellationToken);
        await progress.BeginPassAsync(run, replaces, cancellationToken);
        var key = await secrets.OpenAsync(sync, cancellationToken);
        return new SyncPass(run, sync, key, roster, replaces, limits, clock.GetUtcNow()) { Known = known, Calls = run.Calls };
    }

    /// <summary>As of now: what was laid over the roster in this turn may have mended it.</summary>
    private async Task<bool> IsDoubtfulAsync(AudienceSync sync, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(sync.AgencyId);
        return await db.AudienceSyncs.AnyAsync(s => s.Id == sync.Id && s.MustReplace, cancellationToken);
    }

    private async Task<SyncStep> NextAsync(SyncWork work, SyncPass pass, IContactSource source, CancellationToken cancellationToken)
    {
        pass.Outgoing ??= pass.Cut();
        if (pass.Outgoing is null)
        {
            if (pass is { IsTooLarge: true, IsNobody: false }) return SyncStep.Restart;
            return pass.IsRead ? await FinishAsync(work, pass, cancellationToken) : await ReadAsync(work, pass, source, cancellationToken);
        }

        if (work.Run.Kind == SyncRunKind.Plan)
        {
            pass.Calls++;
            pass.Outgoing = null;
            return SyncStep.GoOn;
        }

        if (pass.Outgoing.Action == SyncAction.Everywhere
            && await SettleAsync(work, pass, cancellationToken) is { Kind: not SyncStepKind.GoOn } wait) return wait;
        if (await IsCancelledAsync(work, cancellationToken)) return SyncStep.Cancelled;
        await work.Lease.RenewAsync(null, cancellationToken);
        var step = await sending.SendAsync(work, pass, cancellationToken);
        await progress.TellAsync(work, pass, cancellationToken);
        return step;
    }

    private async Task<SyncStep> ReadAsync(SyncWork work, SyncPass pass, IContactSource source, CancellationToken cancellationToken)
    {
        if (await IsCancelledAsync(work, cancellationToken)) return SyncStep.Cancelled;
        if (work.Lease.Until - clock.GetUtcNow() < Renewed) await work.Lease.RenewAsync(null, cancellationToken);
        var fresh = pass.Fresh;
        var cursor = fresh is null ? pass.Cursor : fresh.Next;
        pass.Fresh = null;
        // The platform is at work on a page while the one before it is compared, on a thread of its own: the pool's few are for those who
        // look at pages, and would be held for as long as a thousand people take.
        var taking = fresh is null ? Task.CompletedTask : Task.Factory.StartNew(
            () => pass.Take(fresh), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Result<ContactPage>? answer = null;
        try
        {
            if (fresh is not { Next: null })
            {
                answer = await credentials.UseAsync(
                    work.Sync.AgencyId, work.Sync.AccountId,
                    (held, stop) => source.ReadAsync(held, pass.Selection, cursor, stop), cancellationToken);
            }
        }
        finally
        {
            await taking;
        }

        if (answer is not { } page)
        {
            await progress.TellAsync(work, pass, cancellationToken);
            return SyncStep.GoOn;
        }

        if (!page.Succeeded)
        {
            var problem = SyncProblems.OfSource(page.Error);
            if (!SyncProblems.IsPassing(page.Error) || ++pass.Failures > MaxFailures)
                return SyncStep.Fail(problem, SyncProblems.DetailOf(page.Error));
            var isQuota = problem == SyncProblem.SourceQuota;
            var pause = SyncProblems.PauseOf(page.Error) ?? (isQuota ? QuotaPause : Pauses.After(pass.Failures));
            return SyncStep.Wait(clock.GetUtcNow() + pause, problem);
        }

        var mustWait = page.Value is { Next: not null } && page.Value.Pause > TimeSpan.Zero;
        if (mustWait) pass.Take(page.Value);
        else pass.Fresh = page.Value;
        await progress.TellAsync(work, pass, cancellationToken);
        return mustWait ? SyncStep.Wait(clock.GetUtcNow() + page.Value.Pause) : SyncStep.GoOn;
    }

    private async Task<SyncStep> FinishAsync(SyncWork work, SyncPass pass, CancellationToken cancellationToken)
    {
        if (pass.IsNobody) return SyncStep.Fail(work.Sync.Filter is null ? SyncProblem.NobodyToSend : SyncProblem.NobodyMeetsFilter);
        if (work.Run.Kind == SyncRunKind.Plan) return SyncStep.Done;
        return await SettleAsync(work, pass, cancellationToken) is { Kind: not SyncStepKind.GoOn } wait ? wait : SyncStep.Done;
    }

    /// <summary>A replacement is at its end when Facebook says so.</summary>
    private Task<SyncStep> SettleAsync(SyncWork work, SyncPass pass, CancellationToken cancellationToken) =>
        pass.Replaces && !pass.IsNobody ? audiences.SettleAsync(work, pass, cancellationToken) : Task.FromResult(SyncStep.GoOn);

    private async Task<bool> IsCancelledAsync(SyncWork work, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(work.Sync.AgencyId);
        return !await db.AudienceSyncs.AnyAsync(s => s.Id == work.Sync.Id && !s.IsCancelled, cancellationToken);
    }
}
