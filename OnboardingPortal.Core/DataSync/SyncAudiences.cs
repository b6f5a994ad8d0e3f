using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Core.DataSync;

/// <summary>The audience of a run: made, found again after a crash, and looked at until Facebook is done with it.</summary>
internal sealed class SyncAudiences(
    PortalDbContextFactory contexts, FacebookAudiences audiences, RosterStore rosters, TimeProvider clock)
{
    private const string Description = "Made by the onboarding portal from a list of the account's owner.";
    private const int MaxTurns = 20;
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastLook = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestSettling = TimeSpan.FromHours(3);
    private static readonly TimeSpan Busy = TimeSpan.FromMinutes(1);

    /// <summary>Before a turn that holds nothing in memory: what is there, and what a node that died has left.</summary>
    public async Task<SyncStep> PrepareAsync(SyncWork work, CancellationToken cancellationToken)
    {
        if (work.Run.StartedAt is null)
        {
            var account = await audiences.FindAccountAsync(work.Token, work.Sync.AdAccount, cancellationToken);
            if (!account.Succeeded) return WaitOrFail(work, account.Error);
            if (!account.Value.IsActive) return SyncStep.Fail(SyncProblem.AccountDisabled);
            if (!account.Value.HasBusiness) return SyncStep.Fail(SyncProblem.NoBusiness);
            if (account.Value.HasTerms == false) return SyncStep.Fail(SyncProblem.TermsNotAccepted);
        }

        if (work.Audience.Length > 0 && await LookAsync(work, cancellationToken) is { Kind: not SyncStepKind.GoOn } step) return step;
        if (work.Run.Kind == SyncRunKind.Plan) return SyncStep.GoOn;
        if (work.Audience.Length == 0 && await MakeAsync(work, cancellationToken) is { Kind: not SyncStepKind.GoOn } refused)
            return refused;
        return work.Run.StartedAt is null ? SyncStep.GoOn : await RecoverAsync(work, cancellationToken);
    }

    /// <summary>What of a replacement's session had left before, by number; empty when there is none to go on with.</summary>
    public async Task<IReadOnlyDictionary<int, KnownParcel>> KnownAsync(SyncWork work, CancellationToken cancellationToken)
    {
        if (work.Session is not { } session || work.IsSettled || work.Run.Kind == SyncRunKind.Plan)
            return new Dictionary<int, KnownParcel>();
        await using var db = contexts.Create(work.Sync.AgencyId);
        return await db.SyncBatches.Where(b => b.RunId == work.Run.Id && b.Session == session && b.State != SyncBatchState.Refused)
            .ToDictionaryAsync(b => b.Sequence, b => new KnownParcel(b.Hash, b.State == SyncBatchState.Confirmed), cancellationToken);
    }

    /// <summary>Looks whether Facebook is done with a replacement.</summary>
    public async Task<SyncStep> SettleAsync(SyncWork work, SyncPass? pass, CancellationToken cancellationToken)
    {
        if (work.IsSettled || work.Session is not { } session) return SyncStep.GoOn;
        var (now, id) = (clock.GetUtcNow(), work.Run.Id);
        await using var db = contexts.Create(work.Sync.AgencyId);
        await db.SyncRuns.Where(r => r.Id == id && r.SettlesSince == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.SettlesSince, now), cancellationToken);
        var since = await db.SyncRuns.Where(r => r.Id == id).Select(r => r.SettlesSince).SingleAsync(cancellationToken) ?? now;
        var audience = await audiences.FindAsync(work.Token, work.Audience, cancellationToken);
        if (!audience.Succeeded)
        {
            var isPatient = SyncProblems.IsPassing(audience.Error) && now - since < LongestSettling;
            return isPatient ? SyncStep.Wait(now + Busy) : WaitOrFail(work, audience.Error);
        }

        switch (audience.Value.State)
        {
            case AudienceState.Replacing when now - since > LongestSettling:
                return SyncStep.Fail(SyncProblem.SessionExpired);
            case AudienceState.Replacing:
                var pause = (now - since) / 2;
                return SyncStep.Wait(now + (pause < FirstLook ? FirstLook : pause > LastLook ? LastLook : pause));
            case AudienceState.ReplaceFailed:
                return SyncStep.Restart;
            case AudienceState.Gone:
                return SyncStep.Fail(SyncProblem.AudienceGone);
        }

        var found = await audiences.FindSessionAsync(work.Token, work.Audience, session, cancellationToken);
        if (!found.Succeeded) return WaitOrFail(work, found.Error);
        if (pass is not null) pass.Matched = found.Value?.Matched;
        await db.SyncRuns.Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.SettledAt, now), cancellationToken);
        work.IsSettled = true;
        return SyncStep.GoOn;
    }

    private async Task<SyncStep> LookAsync(SyncWork work, CancellationToken cancellationToken)
    {
        var audience = await audiences.FindAsync(work.Token, work.Audience, cancellationToken);
        if (!audience.Succeeded) return WaitOrFail(work, audience.Error);
        return audience.Value.State switch
        {
            AudienceState.Gone => SyncStep.Fail(SyncProblem.AudienceGone),
            AudienceState.Flagged => SyncStep.OfTarget(
                new AudienceRefused(AudienceProblem.Flagged) { Offending = audience.Value.Offending }),
            // of somebody else, or of a run that was cancelled: nothing can be sent meanwhile
            AudienceState.Replacing when work.Run is { Kind: SyncRunKind.Run, Session: null } => SyncStep.Wait(clock.GetUtcNow() + Busy),
            _ => SyncStep.GoOn,
        };
    }

    /// <summary>Makes the audience; one of a lost answer is found by its name, which no other sync has.</summary>
    private async Task<SyncStep> MakeAsync(SyncWork work, CancellationToken cancellationToken)
    {
        var (sync, now) = (work.Sync, clock.GetUtcNow());
        string? made = null;
        if (sync.AudienceBegunAt is not null)
        {
            var there = await audiences.ListAsync(work.Token, sync.AdAccount, cancellationToken);
            if (!there.Succeeded) return WaitOrFail(work, there.Error);
            await using var db = contexts.Create(sync.AgencyId);
            foreach (var audience in there.Value.Where(a => a.Name == sync.AudienceName))
            {
                if (!await db.AudienceSyncs.AnyAsync(s => s.Audience == audience.Id, cancellationToken)) made = audience.Id;
            }
        }

        if (made is null)
        {
            await work.Lease.RenewAsync(set => set.SetProperty(s => s.AudienceBegunAt, now), cancellationToken);
            var answer = await audiences.CreateAsync(work.Token, sync.AdAccount, sync.AudienceName, Description, cancellationToken);
            if (!answer.Succeeded) return WaitOrFail(work, answer.Error);
            made = answer.Value;
        }

        await work.Lease.RenewAsync(set => set.SetProperty(s => s.Audience, made), cancellationToken);
        work.Audience = made;
        return SyncStep.GoOn;
    }

    /// <summary>What a node has left that died, or that lost what it had read.</summary>
    private async Task<SyncStep> RecoverAsync(SyncWork work, CancellationToken cancellationToken)
    {
        if (work.Session is { } session && !work.IsSettled)
        {
            await using var db = contexts.Create(work.Sync.AgencyId);
            var step = await ReadBackAsync(work, db, session, cancellationToken);
            if (step.Kind != SyncStepKind.GoOn) return step;
        }

        if (work.Session is null || work.IsSettled) // a session that goes on is not laid over before it is whole
            await rosters.FoldAsync(work, null, cancellationToken);
        return SyncStep.GoOn;
    }

    private async Task<SyncStep> ReadBackAsync(SyncWork work, PortalDbContext db, long session, CancellationToken cancellationToken)
    {
        var batches = await db.SyncBatches.Where(b => b.RunId == work.Run.Id && b.Session == session && b.State != SyncBatchState.Refused)
            .OrderBy(b => b.Sequence).Select(b => new { b.Sequence, b.Rows, b.State, b.IsLast }).ToListAsync(cancellationToken);
        var found = await audiences.FindSessionAsync(work.Token, work.Audience, session, cancellationToken);
        if (!found.Succeeded) return WaitOrFail(work, found.Error);
        var received = found.Value?.Received ?? 0;
        var arrived = 0L;
        foreach (var batch in batches)
        {
            arrived += batch.Rows;
            if (batch.State == SyncBatchState.Confirmed || received < arrived) continue;
            await db.SyncBatches.Where(b => b.RunId == work.Run.Id && b.Session == session && b.Sequence == batch.Sequence)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.State, SyncBatchState.Confirmed), cancellationToken);
        }

        var isWhole = batches is [.., { IsLast: true }] && received >= arrived;
        if (isWhole)
        {
            var step = await SettleAsync(work, null, cancellationToken);
            return step.Kind == SyncStepKind.Restart ? await AbandonAsync() : step;
        }

        var canGoOn = batches.Count > 0 && found.Value is { IsOver: false } && received >= batches[0].Rows;
        return canGoOn ? SyncStep.GoOn : await AbandonAsync();

        async Task<SyncStep> AbandonAsync()
        {
            await rosters.AbandonAsync(work, cancellationToken);
            return SyncStep.GoOn;
        }
    }

    private SyncStep WaitOrFail(SyncWork work, PortalError error)
    {
        var now = clock.GetUtcNow();
        if (SyncProblems.OfTarget(error) == SyncProblem.Quota)
            return SyncStep.Wait(now + (SyncProblems.PauseOf(error) ?? LastLook), SyncProblem.Quota);
        return SyncProblems.IsPassing(error) && work.Run.Turns < MaxTurns
            ? SyncStep.Wait(now + Busy, SyncProblem.FacebookTrouble)
            : SyncStep.OfTarget(error);
    }
}
