using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Core.DataSync;

/// <summary>What people do with a sync that exists.</summary>
internal sealed class SyncActs(
    PortalDbContextFactory contexts, SyncGrants grants, ContactSources sources, FacebookAudiences audiences, SyncFeed feed,
    SyncSignal signal, IStringLocalizer<SyncTermsValidator> text, TimeProvider clock)
{
    public async Task<PortalError?> PlanAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        if (await FindAsync(db, caller, id, cancellationToken) is null) return new SyncNotFound();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            if (await BeginAsync(db, clock, id, SyncRunKind.Plan, caller.Name, null, cancellationToken))
                await transaction.CommitAsync(cancellationToken);
        }

        await ToldAsync(db, caller, id, cancellationToken);
        return null;
    }

    public async Task<PortalError?> RunAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var sync = await FindAsync(db, caller, id, cancellationToken);
        if (sync is null) return new SyncNotFound();
        if (!sync.HasPlan) return new SyncNeedsPlan();
        var plan = sync.PlanId is { } made
            ? await db.SyncRuns.Where(r => r.Id == made).Select(r => r.Hash).SingleOrDefaultAsync(cancellationToken)
            : null;
        bool isBegun;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            isBegun = await BeginAsync(db, clock, id, SyncRunKind.Run, caller.Name, plan, cancellationToken);
            if (isBegun)
            {
                await db.AudienceSyncs.Where(s => s.Id == id && s.State == SyncState.New)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SyncState.Active), cancellationToken);
                await NoteAsync(db, caller, sync, AuditKind.SyncStarted, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }

        await ToldAsync(db, caller, id, cancellationToken);
        return isBegun || !await IsPlannedNowAsync(db, id, cancellationToken) ? null : new SyncRuns();
    }

    public async Task<PortalError?> CancelAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(caller.Agency);
        if (await FindAsync(db, caller, id, cancellationToken) is null) return new SyncNotFound();
        var asked = await db.AudienceSyncs.Where(s => s.Id == id && s.RunId != null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.IsCancelled, true).SetProperty(s => s.DueAt, now).SetProperty(s => s.Node, (Guid?)null),
            cancellationToken);
        if (asked == 0) return new SyncNotRunning();
        await ToldAsync(db, caller, id, cancellationToken);
        return null;
    }

    public Task<PortalError?> PauseAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken) => ChangeAsync(
        caller, id,
        (set, _) => set.SetProperty(s => s.State, SyncState.Paused).SetProperty(s => s.DueAt, s => s.RunId == null ? null : s.DueAt),
        cancellationToken);

    public Task<PortalError?> ResumeAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken) => ChangeAsync(
        caller, id,
        (set, sync) =>
        {
            if (sync.State != SyncState.Paused) return;
            var state = sync.LastRunAt is null ? SyncState.New : sync.Retries is null ? SyncState.Active : SyncState.Waiting;
            var now = clock.GetUtcNow();
            var due = sync.Retries is not null ? now
                : sync.LastRunAt is { } last ? SyncEnding.NextAfter(sync.Every, last, now) : null;
            set.SetProperty(s => s.State, state).SetProperty(s => s.DueAt, s => s.RunId == null ? due : s.DueAt);
        },
        cancellationToken);

    public Task<PortalError?> ScheduleAsync(
        AgencyCaller caller, AudienceSyncId id, SyncInterval every, CancellationToken cancellationToken) => ChangeAsync(
        caller, id,
        (set, sync) =>
        {
            var now = clock.GetUtcNow();
            set.SetProperty(s => s.Every, every);
            if (sync.State != SyncState.Active) return;
            var due = SyncEnding.NextAfter(every, sync.LastRunAt ?? now, now);
            set.SetProperty(s => s.DueAt, s => s.RunId == null ? due : s.DueAt);
        },
        cancellationToken);

    public async Task<PortalError?> ChangeColumnsAsync(
        AgencyCaller caller, AudienceSyncId id, IReadOnlyList<SyncColumn> columns, string? defaultCountry,
        CancellationToken cancellationToken)
    {
        if (!SyncTermsValidator.AreSound(columns)) return Refused(nameof(SyncTerms.Columns), "ColumnsTwice");
        if (!SyncTermsValidator.CanFind(columns)) return Refused(nameof(SyncTerms.Columns), "ColumnsFindNobody");
        if (!SyncTermsValidator.IsCountry(defaultCountry)) return Refused(nameof(SyncTerms.DefaultCountry), "CountryUnknown");
        IReadOnlyList<SyncColumn> sorted = [.. columns.OrderBy(c => c.Key)];
        return await ReplanAsync(
            caller, id,
            set => set.SetProperty(s => s.Columns, sorted).SetProperty(s => s.DefaultCountry, defaultCountry)
                .SetProperty(s => s.MustReplace, true),
            cancellationToken);
    }

    public async Task<PortalError?> ChangeFilterAsync(
        AgencyCaller caller, AudienceSyncId id, string? filter, CancellationToken cancellationToken)
    {
        filter = string.IsNullOrWhiteSpace(filter) ? null : filter;
        await using var db = contexts.Create(caller.Agency);
        var sync = await FindAsync(db, caller, id, cancellationToken);
        if (sync is null) return new SyncNotFound();
        if (filter?.Length > AudienceSync.FilterMaxLength) return Refused(nameof(SyncTerms.Filter), "FilterTooLong");
        if (sources.Find(sync.Platform) is not { } source || !SyncSetup.IsFilter(source, filter))
            return Refused(nameof(SyncTerms.Filter), "FilterRefused");
        return await ReplanAsync(caller, id, set => set.SetProperty(s => s.Filter, filter), cancellationToken);
    }

    public async Task<PortalError?> RenameAsync(AgencyCaller caller, AudienceSyncId id, string name, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > AudienceSync.NameMaxLength) return Refused(nameof(SyncTerms.AudienceName), "AudienceNameMissing");
        await using var db = contexts.Create(caller.Agency);
        var sync = await FindAsync(db, caller, id, cancellationToken);
        if (sync is null) return new SyncNotFound();
        if (await db.AudienceSyncs.AnyAsync(
            s => s.AdAccount == sync.AdAccount && s.AudienceName == name && s.Id != id, cancellationToken))
            return Refused(nameof(SyncTerms.AudienceName), "AudienceNameTaken");
        if (sync.Audience is { } audience)
        {
            var token = await TokenAsync(sync, cancellationToken);
            if (!token.Succeeded) return token.Error;
            if (await audiences.RenameAsync(token.Value, audience, name, cancellationToken) is { } refused)
            {
                if (SyncProblems.OfTarget(refused) == SyncProblem.AudienceBeyondRepair)
                    await GiveUpAsync(db, caller, id, cancellationToken);
                return refused;
            }
        }

        var now = clock.GetUtcNow();
        return await ChangeAsync(
            caller, id,
            (set, found) =>
            {
                set.SetProperty(s => s.AudienceName, name);
                if (found.Problem is SyncProblem.AudienceFlagged && found.Retries is not null && found.State != SyncState.Paused)
                    set.SetProperty(s => s.DueAt, now);
            },
            cancellationToken);
    }

    /// <summary>Another name does not help the audience: from now on deleting it is the way out.</summary>
    private async Task GiveUpAsync(PortalDbContext db, AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken)
    {
        await db.AudienceSyncs.Where(s => s.Id == id && s.Problem == SyncProblem.AudienceFlagged)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Problem, SyncProblem.AudienceBeyondRepair), cancellationToken);
        await ToldAsync(db, caller, id, cancellationToken);
    }

    public async Task<PortalError?> DeleteAsync(
        AgencyCaller caller, AudienceSyncId id, bool withAudience, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var sync = await FindAsync(db, caller, id, cancellationToken);
        if (sync is null) return new SyncNotFound();
        if (sync.RunId is not null) return new SyncRuns();
        if (withAudience && sync.Audience is { } audience)
        {
            var token = await TokenAsync(sync, cancellationToken);
            if (!token.Succeeded) return token.Error;
            if (await audiences.DeleteAsync(token.Value, audience, cancellationToken) is { } refused) return refused;
        }

        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            var gone = await db.AudienceSyncs.Where(s => s.Id == id && s.RunId == null).ExecuteDeleteAsync(cancellationToken);
            if (gone == 0) return new SyncRuns(); // one began at this moment
            await NoteAsync(db, caller, sync, AuditKind.SyncDeleted, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await feed.PublishAsync(db, caller.Agency, id, cancellationToken);
        return null;
    }

    /// <summary>Changes what is read or sent, while no run is under way, and begins a plan of it.</summary>
    private async Task<PortalError?> ReplanAsync(
        AgencyCaller caller, AudienceSyncId id, Action<UpdateSettersBuilder<AudienceSync>> change, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var sync = await FindAsync(db, caller, id, cancellationToken);
        if (sync is null) return new SyncNotFound();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            var changed = await db.AudienceSyncs.Where(s => s.Id == id && s.RunId == null).ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(s => s.PlanId, (SyncRunId?)null);
                    change(set);
                },
                cancellationToken);
            if (changed == 0) return new SyncRuns();
            await NoteAsync(db, caller, sync, AuditKind.SyncChanged, cancellationToken);
            await BeginAsync(db, clock, id, SyncRunKind.Plan, caller.Name, null, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await ToldAsync(db, caller, id, cancellationToken);
        return null;
    }

    /// <summary>Begins a plan or a run in the context's transaction.</summary>
    /// <returns>False when one is under way: nothing was changed that may be kept.</returns>
    public static async Task<bool> BeginAsync(
        PortalDbContext db, TimeProvider clock, AudienceSyncId sync, SyncRunKind kind, string by, string? plan,
        CancellationToken cancellationToken)
    {
        var (id, now) = (SyncRunId.New(clock), clock.GetUtcNow());
        db.SyncRuns.Add(new SyncRun(id, db.Tenant, sync, kind, by, now) { PlanHash = plan });
        await db.SaveChangesAsync(cancellationToken);
        return await db.AudienceSyncs.Where(s => s.Id == sync && s.RunId == null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.RunId, id).SetProperty(s => s.DueAt, now).SetProperty(s => s.Node, (Guid?)null),
            cancellationToken) == 1;
    }

    private async Task<PortalError?> ChangeAsync(
        AgencyCaller caller, AudienceSyncId id, Action<UpdateSettersBuilder<AudienceSync>, AudienceSync> change,
        CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var sync = await FindAsync(db, caller, id, cancellationToken);
        if (sync is null) return new SyncNotFound();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await db.AudienceSyncs.Where(s => s.Id == id).ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(s => s.Every, s => s.Every); // a change may set nothing else
                    change(set, sync);
                },
                cancellationToken);
            await NoteAsync(db, caller, sync, AuditKind.SyncChanged, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await ToldAsync(db, caller, id, cancellationToken);
        return null;
    }

    private static Task<bool> IsPlannedNowAsync(PortalDbContext db, AudienceSyncId id, CancellationToken cancellationToken) =>
        db.AudienceSyncs.Where(s => s.Id == id)
            .AnyAsync(s => db.SyncRuns.Any(r => r.Id == s.RunId && r.Kind == SyncRunKind.Plan), cancellationToken);

    private static Task<AudienceSync?> FindAsync(
        PortalDbContext db, AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken) =>
        SyncReader.SyncsIn(db, caller.Scope).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);

    private Task<Result<AccessToken>> TokenAsync(AudienceSync sync, CancellationToken cancellationToken) =>
        grants.TokenAsync(sync.AgencyId, sync.AdRequestId, cancellationToken);

    private async Task NoteAsync(
        PortalDbContext db, AgencyCaller caller, AudienceSync sync, AuditKind kind, CancellationToken cancellationToken)
    {
        db.AuditEvents.Add(new AuditEvent(
            AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), kind, caller.Actor, sync.RequestId, sync.Platform, sync.ListName));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task ToldAsync(PortalDbContext db, AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken)
    {
        await feed.PublishAsync(db, caller.Agency, id, cancellationToken);
        signal.Wake();
    }

    private InputRefused Refused(string field, string key) =>
        new(new Dictionary<string, string> { [field] = text[key, AudienceSync.NameMaxLength] });
}
