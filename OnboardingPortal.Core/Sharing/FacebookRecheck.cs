using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Sharing;

/// <summary>
/// Looks, with the daily check of an agency's Facebook user, whether the agency still has what clients shared: one reading of a Business
/// Manager's lists tells about all of its assets. What is not listed any more is lost, and taken back for good when it stays so.
/// </summary>
public sealed class FacebookRecheck(
    PortalDbContextFactory contexts, RequestChanges changes, FacebookAssets assets, AgencyFacebookService facebookUsers,
    RequestNotices notices,
    TimeProvider clock) : IFacebookUserFollower
{
    private static readonly AssetState[] Looked = [AssetState.Shared, AssetState.Lost, AssetState.Revoked, AssetState.Failed];

    async Task IFacebookUserFollower.FollowAsync(AgencyId agency, AgencyFacebookUserId user, CancellationToken cancellationToken) =>
        await RecheckAsync(agency, user, cancellationToken);

    /// <summary>Looks at all that clients shared with the Business Managers of one Facebook user.</summary>
    /// <returns>How many requests have changed by it.</returns>
    internal async Task<int> RecheckAsync(AgencyId agency, AgencyFacebookUserId user, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(agency);
        var looked = await db.Requests
            .Where(r => r.FacebookUserId == user && r.BusinessManagerId != null && r.Status != RequestStatus.Deleted)
            .Join(
                db.Connections.Where(c => c.State != ConnectionState.Removed), r => r.Id, c => c.RequestId,
                (r, c) => new { RequestId = r.Id, Business = r.BusinessManagerId!, c.Id })
            .Join(
                db.Assets.Where(a => Looked.Contains(a.State)), c => c.Id, a => a.ConnectionId,
                (c, a) => new { c.RequestId, c.Business, a.Id, a.ExternalId, a.State, a.StateSince })
            .ToListAsync(cancellationToken);
        if (looked.Count == 0) return 0;
        var token = await facebookUsers.TokenOfAsync(agency, user, cancellationToken);
        if (!token.Succeeded) return 0;
        var done = 0;
        foreach (var business in looked.GroupBy(a => a.Business))
        {
            var listed = await assets.ListAllSharedAsync(token.Value, business.Key, cancellationToken);
            if (listed.Error is PlatformFailure { Kind: PlatformFailureKind.AuthExpired } lost)
            {
                await facebookUsers.NoteFailureAsync(agency, user, lost.Kind, cancellationToken);
                return done;
            }

            if (!listed.Succeeded) continue; // no answer takes nothing away
            foreach (var request in business.GroupBy(a => a.RequestId))
            {
                var news = request
                    .Select(a => (a.Id, To: ConnectedAsset.FoundAs(a.State, a.StateSince, listed.Value.ContainsKey(a.ExternalId), now)))
                    .Where(a => a.To is not null).ToDictionary(a => a.Id, a => a.To!.Value);
                if (news.Count == 0) continue;
                await ApplyAsync(agency, request.Key, news, cancellationToken);
                done++;
            }
        }

        return done;
    }

    private async Task ApplyAsync(
        AgencyId agency, RequestId request, Dictionary<AssetId, AssetState> news, CancellationToken cancellationToken)
    {
        var isLost = news.ContainsValue(AssetState.Lost);
        var told = isLost ? await notices.FindAsync(agency, a => a.MailedOnLostAccess, request, cancellationToken) : [];
        var notListed = new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.NotFound);
        await changes.ApplyAsync<bool>(agency, request, Actor.System, change =>
        {
            foreach (var connection in change.Request.Connections)
            {
                var losses = 0;
                foreach (var asset in connection.Assets.Where(a => news.ContainsKey(a.Id) && a.State != news[a.Id]))
                {
                    var to = news[asset.Id];
                    asset.Become(to, change.Now, to == AssetState.Shared ? null : notListed);
                    if (to == AssetState.Shared) change.Record(AuditKind.AssetShared, FacebookDefaults.Key, asset.Name);
                    if (to != AssetState.Lost) continue;
                    change.Record(AuditKind.AccountLost, FacebookDefaults.Key, asset.Name);
                    losses++;
                }

                if (losses == 0) continue; // one mail, however much was lost
                foreach (var to in told) change.MailLost(connection.Id, to);
            }

            return true;
        }, cancellationToken);
    }
}
