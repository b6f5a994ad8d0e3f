using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>Deletes drafts, at Facebook first: what was not seen to be gone there stays.</summary>
public sealed class CampaignRemoval(
    PortalDbContextFactory contexts, FacebookCampaigns campaigns, AgencyFacebookService facebookUsers, CampaignCheck check,
    TimeProvider clock)
{
    /// <summary>For how long nothing is made of a draft that is being deleted: longer than its deletion takes.</summary>
    private static readonly TimeSpan HeldOff = 4 * PlatformTransport.Timeout;

    /// <summary>
    /// Deletes one draft; one that is not made to its end as soon as nothing of it can be on its way any more, and with what there is of it
    /// at Facebook.
    /// </summary>
    /// <returns>Null, <see cref="CampaignNotFound"/>, <see cref="CampaignBeingMade"/>, <see cref="CampaignIsRunning"/>,
    /// <see cref="CampaignStillThere"/>, or what Facebook refused.</returns>
    public async Task<PortalError?> DeleteAsync(AgencyCaller caller, CampaignDraftId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var draft = await db.CampaignsIn(caller.Scope).AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        return draft is null ? new CampaignNotFound() : await DeleteAsync(caller, draft, cancellationToken);
    }

    /// <summary>Deletes all drafts for a client that the caller sees; what cannot be deleted is told.</summary>
    /// <param name="caller">Who deletes.</param>
    /// <param name="client">One of the client's requests.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    public async Task<CampaignRemovals> DeleteOfClientAsync(AgencyCaller caller, RequestId client, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var requests = SyncGrants.RequestsOfClient(db, client);
        var drafts = await db.CampaignsIn(caller.Scope).AsNoTracking().Where(d => requests.Contains(d.RequestId)).OrderBy(d => d.Id)
            .ToListAsync(cancellationToken);
        var (deleted, left) = (0, new List<(string, PortalError)>());
        foreach (var draft in drafts)
        {
            if (await DeleteAsync(caller, draft, cancellationToken) is { } why) left.Add((draft.Terms.Name, why));
            else deleted++;
        }

        return new CampaignRemovals(deleted, left);
    }

    private async Task<PortalError?> DeleteAsync(AgencyCaller caller, CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (draft is { State: CampaignState.Refused, CampaignId: not null }) return new CampaignBeingMade();
        var isUnfinished = draft.State is CampaignState.Making or CampaignState.OutcomeUnknown;
        if (isUnfinished)
        {
            if (await HoldOffAsync(draft, cancellationToken) is not { } held) return new CampaignBeingMade();
            draft = held;
        }

        if ((isUnfinished || draft.State is CampaignState.Paused or CampaignState.Started)
            && await DeleteAtFacebookAsync(draft, cancellationToken) is { } refusal) return refusal;

        await using var db = contexts.Create(draft.AgencyId);
        var (id, now) = (draft.Id, clock.GetUtcNow());
        var rows = db.CampaignDrafts.Where(d => d.Id == id && d.State != CampaignState.Removed);
        var isWritten = await db.WriteAsync(
            rows.Where(d => d.LeasedUntil == null || d.LeasedUntil <= now)
                .Where(d => isUnfinished || (d.State != CampaignState.Making && d.State != CampaignState.OutcomeUnknown)), // not corrected
            set => set.SetProperty(d => d.State, CampaignState.Removed).SetProperty(d => d.NextCheckAt, (DateTimeOffset?)null),
            draft.Note(AuditKind.CampaignDeleted, caller.Actor, clock), cancellationToken);
        return isWritten || !await rows.AnyAsync(cancellationToken) ? null : new CampaignBeingMade();
    }

    /// <summary>Keeps a draft from being made while it is deleted.</summary>
    /// <returns>It as it is now; null where a node is at it, or where Facebook was told so lately that it may yet appear.</returns>
    private async Task<CampaignDraft?> HoldOffAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var settled = now - CampaignMaking.Settling;
        await using var db = contexts.Create(draft.AgencyId);
        var held = await db.CampaignDrafts
            .Where(d => d.Id == draft.Id && d.State == draft.State && (d.LeasedUntil == null || d.LeasedUntil <= now))
            .Where(d => d.CampaignId != null || d.CampaignAskedAt == null || d.CampaignAskedAt <= settled)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextTryAt, now + HeldOff), cancellationToken);
        return held == 0 ? null : await db.CampaignDrafts.AsNoTracking().SingleAsync(d => d.Id == draft.Id, cancellationToken);
    }

    private async Task<PortalError?> DeleteAtFacebookAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (draft is { CampaignId: null, CampaignAskedAt: null }) return null; // Facebook was never told
        var token = await facebookUsers.TokenOfAsync(draft.AgencyId, draft.FacebookUserId, cancellationToken);
        if (!token.Succeeded) return token.Error;
        var campaign = draft.CampaignId;
        if (campaign is null)
        {
            var sought = await campaigns.SearchAsync(token.Value, draft.AdAccount, draft.Mark, cancellationToken);
            if (!sought.Succeeded) return sought.Error;
            if (sought.Value is not [var there, ..]) return null;
            campaign = there.Id;
        }

        // What runs is the client's money: whoever started it ends it.
        var before = await campaigns.FindAsync(token.Value, campaign, cancellationToken);
        if (!before.Succeeded) return before.Error;
        if (before.Value.Run == CampaignRun.Started)
        {
            if (draft.State is CampaignState.Paused or CampaignState.Started) await check.LookAsync(draft, cancellationToken);
            return new CampaignIsRunning();
        }

        if (before.Value.Run == CampaignRun.Gone) return null;
        var refusal = await campaigns.DeleteAsync(token.Value, campaign, cancellationToken);
        var after = await campaigns.FindAsync(token.Value, campaign, cancellationToken);
        if (after is { Succeeded: true, Value.Run: CampaignRun.Gone }) return null; // even where the answer was lost
        return refusal ?? after.Error ?? new CampaignStillThere();
    }
}
