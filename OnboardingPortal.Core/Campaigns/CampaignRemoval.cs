using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>Deletes drafts, at Facebook first: what was not seen to be gone there stays.</summary>
public sealed class CampaignRemoval(
    PortalDbContextFactory contexts, FacebookCampaigns campaigns, AgencyFacebookService facebookUsers, CampaignCheck check,
    TimeProvider clock)
{
    /// <summary>Deletes one draft.</summary>
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
    /// <param name="client">The client's request.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    public async Task<CampaignRemovals> DeleteOfClientAsync(AgencyCaller caller, RequestId client, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var drafts = await db.CampaignsIn(caller.Scope).AsNoTracking().Where(d => d.RequestId == client).OrderBy(d => d.Id)
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
        if (draft.State is CampaignState.Making or CampaignState.OutcomeUnknown) return new CampaignBeingMade();
        if (draft is { State: CampaignState.Refused, CampaignId: not null }) return new CampaignBeingMade();
        if (draft.State is CampaignState.Paused or CampaignState.Started
            && await DeleteAtFacebookAsync(draft, cancellationToken) is { } refusal) return refusal;

        await using var db = contexts.Create(draft.AgencyId);
        await db.WriteAsync(
            db.CampaignDrafts.Where(d => d.Id == draft.Id && d.State != CampaignState.Removed && d.LeasedUntil == null),
            set => set.SetProperty(d => d.State, CampaignState.Removed).SetProperty(d => d.NextCheckAt, (DateTimeOffset?)null),
            draft.Note(AuditKind.CampaignDeleted, caller.Actor, clock), cancellationToken);
        return null;
    }

    private async Task<PortalError?> DeleteAtFacebookAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var token = await facebookUsers.TokenOfAsync(draft.AgencyId, draft.FacebookUserId, cancellationToken);
        if (!token.Succeeded) return token.Error;

        // What runs is the client's money: whoever started it ends it.
        var before = await campaigns.FindAsync(token.Value, draft.CampaignId!, cancellationToken);
        if (!before.Succeeded) return before.Error;
        if (before.Value.Run == CampaignRun.Started)
        {
            await check.LookAsync(draft, cancellationToken);
            return new CampaignIsRunning();
        }

        if (before.Value.Run == CampaignRun.Gone) return null;
        var refusal = await campaigns.DeleteAsync(token.Value, draft.CampaignId!, cancellationToken);
        var after = await campaigns.FindAsync(token.Value, draft.CampaignId!, cancellationToken);
        if (after is { Succeeded: true, Value.Run: CampaignRun.Gone }) return null; // even where the answer was lost
        return refusal ?? after.Error ?? new CampaignStillThere();
    }
}
