using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.DataSync;

/// <summary>What becomes of a sync when a run of it waits or ends.</summary>
internal sealed partial class SyncEnding(
    PortalDbContextFactory contexts, RosterStore rosters, SyncPasses passes, SyncFeed feed, ContactSources sources,
    FacebookAudiences audiences, RequestNotices notices, RequestFeed requests, OutboxSignal outbox, TimeProvider clock,
    ILogger<SyncEnding> logger)
{
    private const int PointsOfWrite = 3;
    private const int FewPoints = 60;
    private const int ManyPoints = 9_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private static readonly Pauses Pauses = Pauses.Of(
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24));

    /// <summary>The run rests until its next turn.</summary>
    public async Task WaitAsync(
        AudienceSync sync, SyncRun run, Lease<AudienceSync> lease, SyncStep step, SyncPass? pass, CancellationToken cancellationToken)
    {
        var (now, node) = (clock.GetUtcNow(), pass is null ? (Guid?)null : passes.Node);
        await using var db = contexts.Create(sync.AgencyId);
        if (pass is not null)
        {
            await db.SyncRuns.Where(r => r.Id == run.Id)
                .ExecuteUpdateAsync(set => SyncProgress.Write(set, pass, pass.Calls), cancellationToken);
        }

        await lease.RenewAsync(
            set =>
            {
                set.SetProperty(s => s.DueAt, s => s.IsCancelled ? now : step.Until).SetProperty(s => s.Node, node);
                if (step.Problem is { } problem) Note(set, sync, problem, null, now);
                else if (IsWaitOver(sync)) Forget(set);
            },
            cancellationToken);
        await feed.PublishAsync(db, sync.AgencyId, sync.Id, cancellationToken);
    }

    /// <summary>What a sync waits for is still so: it is looked for again later, and later.</summary>
    public Task StillWaitingAsync(AudienceSync sync, Lease<AudienceSync> lease, CancellationToken cancellationToken)
    {
        var (failures, now) = (sync.Failures + 1, clock.GetUtcNow());
        return lease.RenewAsync(
            set => set.SetProperty(s => s.Failures, failures).SetProperty(s => s.DueAt, now + Pauses.After(failures)), cancellationToken);
    }

    /// <summary>The run has ended: what was confirmed stays, whatever came of it.</summary>
    public async Task EndAsync(
        AudienceSync sync, SyncRun run, Lease<AudienceSync> lease, SyncStep step, SyncPass? pass, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(sync.AgencyId);
        await lease.RenewAsync(null, cancellationToken);
        if (run.Kind == SyncRunKind.Run)
        {
            var now = await db.SyncRuns.AsNoTracking().SingleAsync(r => r.Id == run.Id, cancellationToken);
            SyncPasses.MakeRoom(pass); // for the roster, which is written now
            await rosters.FoldAsync(new SyncWork(sync, now, lease, default), pass?.Roster, cancellationToken);
        }

        var kindOf = KindOf(sync, run, step);
        // An account that is lost is told by whoever looks after accounts.
        var told = kindOf == AuditKind.SyncFailed && step.Problem is not (SyncProblem.SourceSignInOver or SyncProblem.FacebookSignInOver)
            ? await notices.FindAsync(sync.AgencyId, a => a.MailedOnLostAccess, sync.RequestId, cancellationToken)
            : [];
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await db.SyncRuns.Where(r => r.Id == run.Id)
                .ExecuteUpdateAsync(set => Write(set, sync, run, step, pass), cancellationToken);
            if (kindOf is { } kind)
            {
                db.EmailMessages.AddRange(told.Select(to => new EmailMessage(
                    EmailMessageId.New(clock), sync.AgencyId,
                    new NewMail(EmailKind.SyncFailed, MailSubject.Of(sync.Id), to.Email, to.Language) { Request = sync.RequestId },
                    clock.GetUtcNow())));
                db.AuditEvents.Add(new AuditEvent(
                    AuditEventId.New(clock), sync.AgencyId, clock.GetUtcNow(), kind, Actor.System, sync.RequestId, sync.Platform,
                    sync.ListName)
                {
                    Sync = sync.Id,
                    Reason = step.Problem?.ToString(),
                });
                await db.SaveChangesAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        if (told.Count > 0) outbox.Wake();
        // Looked at by whoever looks after accounts, and told by the notices' settings, once it is lost.
        if (step is { Kind: SyncStepKind.Fail, Problem: SyncProblem.SourceSignInOver } && sync.Failures == 0)
        {
            var now = clock.GetUtcNow();
            await db.Connections.Where(c => c.Id == sync.AccountId && c.NextCheckAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.NextCheckAt, now), cancellationToken);
        }

        var ended = await db.SyncRuns.AsNoTracking().SingleAsync(r => r.Id == run.Id, cancellationToken);
        await FreeAsync(sync, ended, lease, cancellationToken);
        if (kindOf is not null || sync.Problem is not null) // the request's timeline, and what needs a hand
        {
            await db.AnnounceAsync(sync.AgencyId, sync.RequestId, cancellationToken);
            requests.Publish(sync.AgencyId, sync.RequestId);
        }

        LogEnded(run.Id, run.Kind, ended.State, ended.Problem);
    }

    /// <summary>Frees a sync from a run that has ended.</summary>
    public async Task FreeAsync(AudienceSync sync, SyncRun ended, Lease<AudienceSync> lease, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await lease.RenewAsync(
            set =>
            {
                set.SetProperty(s => s.RunId, (SyncRunId?)null).SetProperty(s => s.IsCancelled, false)
                    .SetProperty(s => s.Node, (Guid?)null);
                if (ended.Kind == SyncRunKind.Run)
                {
                    set.SetProperty(s => s.LastRunAt, ended.EndedAt);
                    if (ended.State == SyncRunState.Done || ended.Calls > 0) set.SetProperty(s => s.PlanId, (SyncRunId?)null);
                }

                switch (ended.State)
                {
                    case SyncRunState.Done when ended.Kind == SyncRunKind.Plan:
                        set.SetProperty(s => s.PlanId, ended.Id).SetProperty(s => s.HasPlan, true);
                        if (sync.Retries == SyncRunKind.Run) set.SetProperty(s => s.DueAt, now); // what it waits for seems to be mended
                        else Clear(set, sync, ended);
                        break;
                    case SyncRunState.Done:
                        set.SetProperty(s => s.State, s => s.State == SyncState.Paused ? SyncState.Paused : SyncState.Active);
                        Clear(set, sync, ended);
                        break;
                    case SyncRunState.Failed:
                        Fail(set, sync, ended, now);
                        break;
                    default:
                        var next = sync.Retries is null ? NextOf(sync, ended) : now + Pauses.After(sync.Failures + 1);
                        SetDue(set, next);
                        if (IsWaitOver(sync)) Forget(set);
                        break;
                }
            },
            cancellationToken);
        await using var db = contexts.Create(sync.AgencyId);
        await feed.PublishAsync(db, sync.AgencyId, sync.Id, cancellationToken);
    }

    private void Clear(UpdateSettersBuilder<AudienceSync> set, AudienceSync sync, SyncRun ended)
    {
        var next = NextOf(sync, ended);
        Forget(set);
        set.SetProperty(s => s.FailedAt, (DateTimeOffset?)null).SetProperty(s => s.Failures, 0)
            .SetProperty(s => s.Retries, (SyncRunKind?)null);
        SetDue(set, next);
    }

    /// <summary>Whether the problem is only what the run under way waited for, and no failure that is tried again.</summary>
    private static bool IsWaitOver(AudienceSync sync) => sync is { Problem: not null, Retries: null };

    private static void Forget(UpdateSettersBuilder<AudienceSync> set) => set.SetProperty(s => s.Problem, (SyncProblem?)null)
        .SetProperty(s => s.ProblemDetail, (string?)null).SetProperty(s => s.ProblemSince, (DateTimeOffset?)null);

    /// <summary>PostgreSQL gives a choice between nothing and nothing no type.</summary>
    private static void SetDue(UpdateSettersBuilder<AudienceSync> set, DateTimeOffset? next)
    {
        if (next is { } due) set.SetProperty(s => s.DueAt, s => s.State == SyncState.Paused ? null : due);
        else set.SetProperty(s => s.DueAt, next);
    }

    private static void Fail(UpdateSettersBuilder<AudienceSync> set, AudienceSync sync, SyncRun ended, DateTimeOffset now)
    {
        var (failures, kind) = (sync.Failures + 1, ended.Kind);
        var next = now + Pauses.After(failures);
        var isBeyondRepair = (sync.Problem, ended.Problem) is (SyncProblem.AudienceBeyondRepair, SyncProblem.AudienceFlagged);
        var problem = isBeyondRepair ? SyncProblem.AudienceBeyondRepair : ended.Problem ?? SyncProblem.FacebookTrouble;
        Note(set, sync, problem, ended.ProblemDetail, now);
        set.SetProperty(s => s.FailedAt, now).SetProperty(s => s.Failures, failures)
            .SetProperty(s => s.Retries, s => s.Retries == SyncRunKind.Run ? SyncRunKind.Run : kind)
            .SetProperty(s => s.State, s => s.State == SyncState.Active ? SyncState.Waiting : s.State)
            .SetProperty(s => s.DueAt, s => s.State == SyncState.Paused ? null : next);
    }

    private static void Note(
        UpdateSettersBuilder<AudienceSync> set, AudienceSync sync, SyncProblem problem, string? detail, DateTimeOffset now)
    {
        set.SetProperty(s => s.Problem, problem).SetProperty(s => s.ProblemDetail, detail);
        if (sync.Problem != problem) set.SetProperty(s => s.ProblemSince, now);
    }

    private void Write(UpdateSettersBuilder<SyncRun> set, AudienceSync sync, SyncRun run, SyncStep step, SyncPass? pass)
    {
        var (state, now) = (StateOf(step), clock.GetUtcNow());
        set.SetProperty(r => r.State, state).SetProperty(r => r.EndedAt, now);
        var isPlanned = run.Kind == SyncRunKind.Plan && step.Kind == SyncStepKind.Done;
        var calls = (pass?.Calls ?? 0) + (isPlanned && sync.Audience is null ? 1 : 0); // the audience must be made
        if (pass is not null) SyncProgress.Write(set, pass, calls);
        if (step.Kind == SyncStepKind.Fail)
            set.SetProperty(r => r.Problem, step.Problem).SetProperty(r => r.ProblemDetail, step.Detail);
        if (step.Kind != SyncStepKind.Done || pass is null) return;
        var hash = pass.Hash;
        set.SetProperty(r => r.Hash, hash);
        if (!isPlanned) return;
        var takes = TakesSeconds(sync, pass, calls);
        set.SetProperty(r => r.TakesSeconds, takes);
    }

    /// <summary>How long a run takes: as long as its reading, and as the ad account's limits let it write.</summary>
    private long TakesSeconds(AudienceSync sync, SyncPass pass, int calls)
    {
        var people = Math.Max(pass.Counts.Expected ?? 0, pass.Counts.Read);
        var reading = TimeSpan.FromMinutes((double)people / Math.Max(1, sources.Find(sync.Platform)?.PeopleAMinute ?? 1));
        var left = audiences.AllowanceOf(sync.AdAccount).Points ?? FewPoints;
        var windows = Math.Ceiling(Math.Max(0, (calls * PointsOfWrite) - left) / (double)(left > FewPoints ? ManyPoints : FewPoints));
        var writing = Window * windows;
        return (long)Math.Ceiling((reading > writing ? reading : writing).TotalSeconds);
    }

    private DateTimeOffset? NextOf(AudienceSync sync, SyncRun ended)
    {
        if (sync.State == SyncState.New && ended.Kind == SyncRunKind.Plan) return null;
        var now = clock.GetUtcNow();
        return NextAfter(sync.Every, ended.Kind == SyncRunKind.Run ? ended.BegunAt : sync.LastRunAt ?? now, now);
    }

    /// <summary>When a sync runs next by itself, UTC; null when it does not.</summary>
    /// <param name="every">How often.</param>
    /// <param name="last">When it last began, UTC.</param>
    /// <param name="now">Now, UTC: the earliest.</param>
    public static DateTimeOffset? NextAfter(SyncInterval every, DateTimeOffset last, DateTimeOffset now)
    {
        TimeSpan? length = every switch
        {
            SyncInterval.Hourly => TimeSpan.FromHours(1),
            SyncInterval.EverySixHours => TimeSpan.FromHours(6),
            SyncInterval.Daily => TimeSpan.FromDays(1),
            SyncInterval.Weekly => TimeSpan.FromDays(7),
            _ => null,
        };
        return length is { } pause ? last + pause > now ? last + pause : now : null;
    }

    private static SyncRunState StateOf(SyncStep step) => step.Kind switch
    {
        SyncStepKind.Done => SyncRunState.Done,
        SyncStepKind.Cancelled => SyncRunState.Cancelled,
        _ => SyncRunState.Failed,
    };

    /// <summary>What the audit trail notes; null = nothing: plans that went well, and failures that are known.</summary>
    private static AuditKind? KindOf(AudienceSync sync, SyncRun run, SyncStep step) => step.Kind switch
    {
        SyncStepKind.Done => run.Kind == SyncRunKind.Run ? AuditKind.SyncCompleted : null,
        SyncStepKind.Fail => sync.Problem == step.Problem && sync.Retries is not null ? null : AuditKind.SyncFailed,
        _ => null,
    };

    [LoggerMessage(EventId = 2501, Level = LogLevel.Information, Message = "{Kind} {Run} of a sync ended: {State} {Problem}")]
    private partial void LogEnded(SyncRunId run, SyncRunKind kind, SyncRunState state, SyncProblem? problem);
}
