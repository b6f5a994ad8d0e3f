using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.DataSync;

/// <summary>A turn of a run: what its steps share.</summary>
internal sealed class SyncWork(AudienceSync sync, SyncRun run, Lease<AudienceSync> lease, AccessToken token)
{
    public AudienceSync Sync => sync;

    public SyncRun Run => run;

    public Lease<AudienceSync> Lease => lease;

    public AccessToken Token => token;

    /// <summary>Facebook's id of the audience; empty before it was made.</summary>
    public string Audience { get; set; } = sync.Audience ?? "";

    /// <summary>The session that a replacement goes on with; null = a new one.</summary>
    public long? Session { get; set; } = run.Session;

    public bool IsSettled { get; set; } = run.SettledAt is not null;
}

/// <summary>
/// Sends parcels, each written down before and after. What Facebook did not answer to is sent again where that does no harm: never the
/// first batch of a replacement under the same session.
/// </summary>
internal sealed class SyncSending(PortalDbContextFactory contexts, FacebookAudiences audiences, TimeProvider clock)
{
    private const int MaxFailures = 5;
    private const int MaxBusy = 200;
    private static readonly TimeSpan Busy = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan QuotaPause = TimeSpan.FromMinutes(5);

    private static readonly Pauses Pauses = Pauses.Of(
        TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30));

    /// <summary>Sends what the pass has cut.</summary>
    public async Task<SyncStep> SendAsync(SyncWork work, SyncPass pass, CancellationToken cancellationToken)
    {
        var parcel = pass.Outgoing!;
        var now = clock.GetUtcNow();
        if (audiences.AllowanceOf(work.Sync.AdAccount).FreeAt is { } free && free > now) return SyncStep.Wait(free, SyncProblem.Quota);
        Number(work, pass, parcel);
        if (parcel.Action == SyncAction.Replace)
        {
            if (pass.Known.TryGetValue(parcel.Sequence, out var known))
            {
                if (!known.Hash.AsSpan().SequenceEqual(parcel.Hash)) return SyncStep.Restart; // the list has changed meanwhile
                if (known.IsConfirmed) return Arrived(pass, parcel);
                (parcel.IsRecorded, parcel.IsUncertain) = (true, true);
            }

            if (parcel.IsUncertain)
            {
                var step = await LookAsync(work, pass, parcel, cancellationToken);
                if (step.Kind != SyncStepKind.GoOn || pass.Outgoing is null) return step;
            }

            if (parcel.Sequence == 1 && await BeginAsync(work, parcel, cancellationToken) is { Kind: not SyncStepKind.GoOn } wait)
                return wait;
        }

        await RecordAsync(work, parcel, cancellationToken);
        var answer = await CallAsync(work, pass, parcel, cancellationToken);
        pass.Calls++;
        if (!answer.Succeeded) return await RefusedAsync(work, pass, parcel, answer.Error, cancellationToken);
        await ConfirmAsync(work, parcel, answer.Value.Invalid, cancellationToken);
        pass.Rejected += answer.Value.Invalid;
        return Arrived(pass, parcel);
    }

    private void Number(SyncWork work, SyncPass pass, SyncParcel parcel)
    {
        if (parcel.Session != 0) return;
        var goesOn = pass.Session is { } held && held.Action == parcel.Action;
        var id = goesOn ? pass.Session!.Value.Id
            : (parcel.Action == SyncAction.Replace ? work.Session : null) ?? TimeOrderedId.Next(clock);
        (parcel.Session, parcel.Sequence) = (id, goesOn ? pass.Session!.Value.Sequence + 1 : 1);
        pass.Session = (parcel.Action, parcel.Session, parcel.Sequence);
    }

    private static SyncStep Arrived(SyncPass pass, SyncParcel parcel)
    {
        if (parcel.Action == SyncAction.Replace) pass.SentInSession += parcel.Rows.Count;
        pass.Outgoing = null;
        return SyncStep.GoOn;
    }

    /// <summary>Before the first batch of a replacement: the audience must be at rest; from now on only a replacement mends it.</summary>
    private async Task<SyncStep> BeginAsync(SyncWork work, SyncParcel parcel, CancellationToken cancellationToken)
    {
        var audience = await audiences.FindAsync(work.Token, work.Audience, cancellationToken);
        if (!audience.Succeeded) return Trouble(parcel, audience.Error);
        switch (audience.Value.State)
        {
            case AudienceState.Replacing:
                return ++parcel.Failures > MaxBusy ? SyncStep.Fail(SyncProblem.FacebookTrouble) : SyncStep.Wait(clock.GetUtcNow() + Busy);
            case AudienceState.Gone:
                return SyncStep.Fail(SyncProblem.AudienceGone);
            case AudienceState.Flagged:
                return SyncStep.Fail(SyncProblem.AudienceFlagged, SyncProblems.DetailOf(
                    new AudienceRefused(AudienceProblem.Flagged) { Offending = audience.Value.Offending }));
        }

        await work.Lease.RenewAsync(set => set.SetProperty(s => s.MustReplace, true), cancellationToken);
        work.Session = parcel.Session;
        var (id, session, now) = (work.Run.Id, parcel.Session, clock.GetUtcNow());
        await using var db = contexts.Create(work.Sync.AgencyId);
        await db.SyncRuns.Where(r => r.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Session, session).SetProperty(r => r.SessionAt, now), cancellationToken);
        return SyncStep.GoOn;
    }

    private async Task RecordAsync(SyncWork work, SyncParcel parcel, CancellationToken cancellationToken)
    {
        if (parcel.IsRecorded) return;
        await using var db = contexts.Create(work.Sync.AgencyId);
        db.SyncBatches.Add(new SyncBatch(work.Sync, work.Run.Id, parcel, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        parcel.IsRecorded = true;
    }

    private async Task<Result<AudienceReceipt>> CallAsync(
        SyncWork work, SyncPass pass, SyncParcel parcel, CancellationToken cancellationToken)
    {
        var isEverywhere = parcel.Action == SyncAction.Everywhere;
        var rows = new SyncSentRows(parcel.Rows, withId: !isEverywhere);
        if (isEverywhere)
        {
            var refused = await audiences.RemoveEverywhereAsync(
                work.Token, work.Sync.AdAccount, pass.Keys, rows, cancellationToken);
            return refused is null ? new AudienceReceipt(rows.Count, 0) : refused;
        }

        var action = parcel.Action switch
        {
            SyncAction.Replace => AudienceAction.Replace,
            SyncAction.Remove => AudienceAction.Remove,
            _ => AudienceAction.Add,
        };
        var total = Math.Max(pass.Counts.Expected ?? 0, pass.SentInSession + rows.Count);
        var batch = new AudienceBatch(action, parcel.Session, parcel.Sequence, parcel.IsLast, total, pass.Keys, rows);
        return await audiences.SendAsync(work.Token, work.Sync.AdAccount, work.Audience, batch, cancellationToken);
    }

    /// <summary>Reads a session back whose last batch has no answer.</summary>
    private async Task<SyncStep> LookAsync(SyncWork work, SyncPass pass, SyncParcel parcel, CancellationToken cancellationToken)
    {
        var found = await audiences.FindSessionAsync(work.Token, work.Audience, parcel.Session, cancellationToken);
        if (!found.Succeeded) return Trouble(parcel, found.Error);
        var arrived = pass.SentInSession + parcel.Rows.Count;
        if (found.Value is { } session && session.Received >= arrived)
        {
            await ConfirmAsync(work, parcel, 0, cancellationToken);
            return Arrived(pass, parcel);
        }

        if (found.Value is { IsOver: false } && parcel.Sequence > 1) return SyncStep.GoOn; // it did not arrive, and may be sent again
        if (found.Value is not null || parcel.Sequence > 1) return SyncStep.Restart;
        await EndAsync(work, parcel, SyncBatchState.Refused, cancellationToken);
        Renumber(work, pass, parcel);
        return SyncStep.Wait(clock.GetUtcNow());
    }

    private async Task<SyncStep> RefusedAsync(
        SyncWork work, SyncPass pass, SyncParcel parcel, PortalError error, CancellationToken cancellationToken)
    {
        var (now, isFirst) = (clock.GetUtcNow(), parcel is { Action: SyncAction.Replace, Sequence: 1 });
        var isQuota = SyncProblems.OfTarget(error) == SyncProblem.Quota;
        if (SyncProblems.IsPassing(error) && !isQuota)
        {
            parcel.IsUncertain = true;
            return Trouble(parcel, error);
        }

        var problem = (error as AudienceRefused)?.Problem;
        if (isQuota || problem == AudienceProblem.ReplaceRunning)
        {
            if (isFirst)
            {
                await EndAsync(work, parcel, SyncBatchState.Refused, cancellationToken);
                Renumber(work, pass, parcel);
            }

            if (!isQuota && ++parcel.Failures > MaxBusy) return SyncStep.OfTarget(error);
            var pause = SyncProblems.PauseOf(error) ?? (isQuota ? QuotaPause : Busy);
            return SyncStep.Wait(now + pause, isQuota ? SyncProblem.Quota : null);
        }

        await EndAsync(work, parcel, SyncBatchState.Refused, cancellationToken);
        var isOver = problem is AudienceProblem.ReplaceTimedOut or AudienceProblem.FirstBatchMissing or AudienceProblem.SessionOver
            or AudienceProblem.NotFullyReplaced;
        if (isOver && parcel.Action == SyncAction.Replace) return SyncStep.Restart;
        if (isOver && ++parcel.Failures <= MaxFailures)
        {
            Renumber(work, pass, parcel);
            return SyncStep.GoOn;
        }

        if (problem == AudienceProblem.TooSmallToRemove && parcel.Action == SyncAction.Remove) return SyncStep.Restart;
        // Facebook did not begin to replace: what it has is what it had.
        if (isFirst && !work.Sync.MustReplace)
            await work.Lease.RenewAsync(set => set.SetProperty(s => s.MustReplace, false), cancellationToken);
        return SyncStep.OfTarget(error);
    }

    private SyncStep Trouble(SyncParcel parcel, PortalError error)
    {
        if (SyncProblems.OfTarget(error) == SyncProblem.Quota)
            return SyncStep.Wait(clock.GetUtcNow() + (SyncProblems.PauseOf(error) ?? QuotaPause), SyncProblem.Quota);
        if (!SyncProblems.IsPassing(error) || ++parcel.Failures > MaxFailures) return SyncStep.OfTarget(error);
        return SyncStep.Wait(
            clock.GetUtcNow() + (SyncProblems.PauseOf(error) ?? Pauses.After(parcel.Failures)), SyncProblem.FacebookTrouble);
    }

    private static void Renumber(SyncWork work, SyncPass pass, SyncParcel parcel)
    {
        if (parcel.Action == SyncAction.Replace) (work.Session, pass.Known) = (null, new Dictionary<int, KnownParcel>());
        pass.Session = null;
        (parcel.Session, parcel.Sequence, parcel.IsRecorded, parcel.IsUncertain) = (0, 0, false, false);
    }

    private async Task ConfirmAsync(SyncWork work, SyncParcel parcel, long invalid, CancellationToken cancellationToken)
    {
        var (run, session, sequence, now) = (work.Run.Id, parcel.Session, parcel.Sequence, clock.GetUtcNow());
        await using var db = contexts.Create(work.Sync.AgencyId);
        await db.SyncBatches.Where(b => b.RunId == run && b.Session == session && b.Sequence == sequence).ExecuteUpdateAsync(
            set => set.SetProperty(b => b.State, SyncBatchState.Confirmed).SetProperty(b => b.ConfirmedAt, now)
                .SetProperty(b => b.Invalid, invalid), cancellationToken);
    }

    private async Task EndAsync(SyncWork work, SyncParcel parcel, SyncBatchState how, CancellationToken cancellationToken)
    {
        var (run, session, sequence) = (work.Run.Id, parcel.Session, parcel.Sequence);
        await using var db = contexts.Create(work.Sync.AgencyId);
        await db.SyncBatches.Where(b => b.RunId == run && b.Session == session && b.Sequence == sequence).ExecuteUpdateAsync(
            set => set.SetProperty(b => b.State, how).SetProperty(b => b.Entries, (byte[]?)null), cancellationToken);
    }
}
