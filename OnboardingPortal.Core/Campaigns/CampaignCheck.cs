using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>Looks daily what became of drafts: still paused, started by somebody, deleted, with something against them.</summary>
public sealed class CampaignCheck(
    PortalDbContextFactory contexts, FacebookCampaigns campaigns, AgencyFacebookService facebookUsers, RoundItems items, TimeProvider clock)
{
    /// <summary>How often a draft is looked at.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    private const int MaxChecksARound = 100;

    /// <summary>One round: looks at the drafts whose day has come. Of several nodes one looks at each.</summary>
    /// <returns>How many were looked at.</returns>
    public async Task<int> CheckDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var next = now + Every;
        var round = await items.BeginAsync(RoundKind.CampaignCheck, cancellationToken);
        var resting = round.RestingIds<CampaignDraftId>();
        await using var db = contexts.CreateForSystem();
        var due = await db.CampaignDrafts.IgnoreQueryFilters().AsNoTracking()
            .Where(d => d.NextCheckAt <= now && (d.State == CampaignState.Paused || d.State == CampaignState.Started))
            .Where(d => !resting.Contains(d.Id)).OrderBy(d => d.NextCheckAt).Take(MaxChecksARound).ToListAsync(cancellationToken);
        var done = 0;
        foreach (var draft in due)
        {
            await using var own = contexts.Create(draft.AgencyId);
            if (await own.CampaignDrafts.Where(d => d.Id == draft.Id && d.NextCheckAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextCheckAt, next), cancellationToken) == 0) continue;
            if (await round.TryAsync(draft.AgencyId, draft.Id, () => LookAsync(draft, cancellationToken), cancellationToken)) done++;
        }

        return done;
    }

    /// <summary>Looks at one draft now.</summary>
    /// <returns>Null, <see cref="CampaignNotFound"/>, <see cref="CampaignBeingMade"/>, or why Facebook did not tell.</returns>
    public async Task<PortalError?> CheckAsync(AgencyCaller caller, CampaignDraftId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var draft = await db.CampaignsIn(caller.Scope).AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        if (draft is null) return new CampaignNotFound();
        return draft is { CampaignId: not null, State: CampaignState.Paused or CampaignState.Started }
            ? await LookAsync(draft, cancellationToken)
            : new CampaignBeingMade();
    }

    /// <summary>What a draft is by what Facebook says of its campaign.</summary>
    internal static CampaignState StateOf(CampaignRun run) => run switch
    {
        CampaignRun.Paused => CampaignState.Paused,
        CampaignRun.Gone => CampaignState.Gone,
        _ => CampaignState.Started,
    };

    /// <summary>Reads a draft at Facebook and writes down what is new; no answer changes nothing but that there was none.</summary>
    internal async Task<PortalError?> LookAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(draft, cancellationToken);
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(draft.AgencyId);
        var still = db.CampaignDrafts.Where(d => d.Id == draft.Id && d.State == draft.State);
        if (!found.Succeeded)
        {
            var failure = (found.Error as PlatformFailure)?.Kind;
            await still.ExecuteUpdateAsync(set => set.SetProperty(d => d.Failure, failure), cancellationToken);
            return found.Error;
        }

        var state = StateOf(found.Value.Run);
        var note = state == draft.State ? null : draft.Note(
            state switch
            {
                CampaignState.Started => AuditKind.CampaignStarted,
                CampaignState.Gone => AuditKind.CampaignGone,
                _ => AuditKind.CampaignPausedAgain,
            }, Actor.System, clock);
        await db.WriteAsync(
            still,
            set => set.SetProperty(d => d.State, state).SetProperty(d => d.Issues, found.Value.Issues)
                .SetProperty(d => d.CheckedAt, now).SetProperty(d => d.Failure, (PlatformFailureKind?)null),
            note, cancellationToken);
        return null;
    }

    private async Task<Result<FoundCampaign>> ReadAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var token = await facebookUsers.TokenOfAsync(draft.AgencyId, draft.FacebookUserId, cancellationToken);
        return token.Succeeded ? await campaigns.FindAsync(token.Value, draft.CampaignId!, cancellationToken) : token.Error;
    }
}
