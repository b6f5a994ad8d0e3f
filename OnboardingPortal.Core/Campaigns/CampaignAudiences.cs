using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>
/// The audiences that a campaign may be shown to: those that data syncs of the same client fill on the same ad account. Another client's
/// are none of them, even where both granted the account.
/// </summary>
internal sealed class CampaignAudiences(PortalDbContextFactory contexts, FacebookAudiences audiences)
{
    /// <summary>All that the caller sees, by name, as Facebook has them now.</summary>
    public async Task<IReadOnlyList<CampaignAudience>> ListAsync(
        RequestScope scope, CampaignPair pair, AccessToken token, CancellationToken cancellationToken)
    {
        var synced = await FindAsync(scope, pair, cancellationToken);
        if (synced.Count == 0) return [];
        var there = await audiences.ListAsync(token, pair.AdAccount.ExternalId, cancellationToken);
        var found = there.Succeeded ? there.Value.ToDictionary(a => a.Id) : null;
        return synced.ConvertAll(s =>
        {
            var audience = s.Id is null ? null : found?.GetValueOrDefault(s.Id);
            var state = s.Id is null ? CampaignAudienceState.NotMade
                : found is null ? CampaignAudienceState.Unknown
                : StateOf(audience);
            return new CampaignAudience(s.Id, s.Name, s.ListName, state, audience?.SizeFrom, audience?.SizeTo);
        });
    }

    /// <summary>The names of audiences that are chosen, in their order.</summary>
    /// <returns>The names or <see cref="CampaignAudienceRefused"/>.</returns>
    public async Task<Result<IReadOnlyList<string>>> NamesAsync(
        RequestScope scope, CampaignPair pair, IReadOnlyList<string> chosen, CancellationToken cancellationToken)
    {
        if (chosen.Count == 0) return Array.Empty<string>();
        var synced = await FindAsync(scope, pair, cancellationToken);
        var names = chosen.Select(id => synced.Find(s => s.Id == id)?.Name).OfType<string>().ToList();
        return names.Count == chosen.Count ? names : new CampaignAudienceRefused();
    }

    /// <summary>How an audience is; null = it is not among those of its ad account.</summary>
    internal static CampaignAudienceState StateOf(Audience? audience) => audience switch
    {
        null or { State: AudienceState.Gone } => CampaignAudienceState.Gone,
        { State: AudienceState.Flagged } => CampaignAudienceState.Flagged,
        { State: AudienceState.Replacing } or { SizeTo: null } => CampaignAudienceState.Filling,
        { IsUsable: false } => CampaignAudienceState.TooSmall,
        _ => CampaignAudienceState.Ready,
    };

    private async Task<List<Synced>> FindAsync(RequestScope scope, CampaignPair pair, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var (client, account) = (SyncGrants.RequestsOfClient(db, pair.Request), pair.AdAccount.ExternalId);
        return await SyncReader.SyncsIn(db, scope).AsNoTracking()
            .Where(s => s.AdAccount == account && client.Contains(s.RequestId) && client.Contains(s.AdRequestId))
            .OrderBy(s => s.AudienceName).ThenBy(s => s.Id).Select(s => new Synced(s.Audience, s.AudienceName, s.ListName))
            .ToListAsync(cancellationToken);
    }

    private sealed record Synced(string? Id, string Name, string ListName);
}
