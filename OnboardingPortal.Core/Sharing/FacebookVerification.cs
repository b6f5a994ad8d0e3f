using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Sharing;

/// <summary>
/// Asks Facebook, as the agency, what it can use: only what the agency itself sees counts as shared. One reading of a Business Manager's
/// lists serves all requests that wait for it, and a request is changed only where something of it has changed.
/// </summary>
public sealed class FacebookVerification(
    PortalDbContextFactory contexts, RequestChanges changes, FacebookAssets assets, AgencyFacebookService facebookUsers, RoundItems items,
    TimeProvider clock)
{
    private const int MaxAssetsARound = 1000;

    private static readonly AssetState[] Waiting =
        [AssetState.AwaitingVerification, AssetState.AwaitingAdminApproval, AssetState.AwaitingClient];

    /// <summary>How long one node may take over what is due; afterwards another looks.</summary>
    private static readonly Leases<ConnectedAsset> Looks = new(TimeSpan.FromMinutes(1), a => a.NextCheckAt);

    /// <summary>Checks every waiting asset of the client's request now.</summary>
    /// <returns>Null when Facebook was asked; otherwise why it could not be.</returns>
    public Task<PortalError?> CheckAsync(ClientCaller caller, CancellationToken cancellationToken) =>
        CheckAsync(caller.Agency, caller.Request, cancellationToken);

    /// <summary>The same for the portal itself.</summary>
    internal async Task<PortalError?> CheckAsync(AgencyId agency, RequestId request, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var asked = await db.Requests.AsNoTracking().Where(r => r.Id == request && r.Status != RequestStatus.Deleted)
            .Select(r => new { r.FacebookUserId, r.BusinessManagerId }).SingleOrDefaultAsync(cancellationToken);
        if (asked is not { FacebookUserId: { } user, BusinessManagerId: { } business }) return new RequestNotFound();
        var now = clock.GetUtcNow();
        var due = await db.Assets.Where(a => a.NextCheckAt <= now)
            .Where(a => db.Connections.Any(c => c.Id == a.ConnectionId && c.RequestId == request))
            .Select(a => a.Id).ToListAsync(cancellationToken);
        var shared = await ReadAsync(agency, user, business, cancellationToken);
        await TakeAsync(agency, request, shared, [.. due], cancellationToken);
        return shared.Error;
    }

    /// <summary>
    /// One round of the job: checks the assets whose time has come, one reading a Business Manager. Of several nodes one checks each.
    /// </summary>
    /// <returns>How many requests were checked.</returns>
    public async Task<int> CheckDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var round = await items.BeginAsync(RoundKind.Verification, cancellationToken);
        var resting = round.RestingIds<RequestId>();
        await using var db = contexts.CreateForSystem();
        var waiting = db.Assets.IgnoreQueryFilters().Where(a => a.NextCheckAt <= now && Waiting.Contains(a.State));
        var requests = db.Requests.IgnoreQueryFilters()
            .Where(r => r.Status != RequestStatus.Deleted && r.FacebookUserId != null && r.BusinessManagerId != null);
        var due = await waiting
            .Join(
                db.Connections.IgnoreQueryFilters(), a => a.ConnectionId, c => c.Id,
                (a, c) => new { Asset = a, RequestId = c.RequestId!.Value })
            .Join(
                requests, a => a.RequestId, r => r.Id,
                (a, r) => new
                {
                    a.Asset.Id,
                    a.Asset.NextCheckAt,
                    a.RequestId,
                    r.AgencyId,
                    User = r.FacebookUserId!.Value,
                    Business = r.BusinessManagerId!,
                })
            .Where(a => !resting.Contains(a.RequestId))
            .OrderBy(a => a.NextCheckAt).ThenBy(a => a.Id).Take(MaxAssetsARound).ToListAsync(cancellationToken);
        var done = 0;
        foreach (var group in due.GroupBy(a => (a.AgencyId, a.User, a.Business)))
        {
            List<AssetId> ids = [.. group.Select(a => a.Id)];
            var mine = await Looks.ClaimAsync(waiting.Where(a => ids.Contains(a.Id)), Looks.EndFrom(now), null, cancellationToken);
            if (mine == 0) continue;
            var (agency, user, business) = group.Key;
            Result<IReadOnlyDictionary<string, IReadOnlyList<string>?>>? lists = null;
            foreach (var request in group.GroupBy(a => a.RequestId))
            {
                await round.TryAsync(agency, request.Key, async () =>
                {
                    lists ??= await ReadAsync(agency, user, business, cancellationToken);
                    await TakeAsync(agency, request.Key, lists, [.. request.Select(a => a.Id)], cancellationToken);
                }, cancellationToken);
                done++;
            }
        }

        return done;
    }

    private async Task<Result<IReadOnlyDictionary<string, IReadOnlyList<string>?>>> ReadAsync(
        AgencyId agency, AgencyFacebookUserId user, string business, CancellationToken cancellationToken)
    {
        var token = await facebookUsers.TokenOfAsync(agency, user, cancellationToken);
        var shared = token.Succeeded ? await assets.ListSharedAsync(token.Value, business, cancellationToken) : token.Error;
        if (shared.Error is PlatformFailure { Kind: PlatformFailureKind.AuthExpired } failure)
        {
            await facebookUsers.NoteFailureAsync(agency, user, failure.Kind, cancellationToken);
        }

        return shared;
    }

    /// <summary>Takes over what Facebook lists.</summary>
    /// <param name="agency">Whose request.</param>
    /// <param name="request">The request.</param>
    /// <param name="shared">What the agency sees.</param>
    /// <param name="due">Which assets' time had come: looking early, as after a share, does not put off the next look.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    private async Task TakeAsync(
        AgencyId agency, RequestId request, Result<IReadOnlyDictionary<string, IReadOnlyList<string>?>> shared, HashSet<AssetId> due,
        CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var accounts = db.Connections.Where(c => c.RequestId == request && c.State != ConnectionState.Removed);
        var open = await db.Assets.Where(a => a.State != AssetState.Shared && a.State != AssetState.Selected)
            .Where(a => accounts.Any(c => c.Id == a.ConnectionId)).ToListAsync(cancellationToken);
        var found = open.Where(IsListed).Select(a => a.Id).ToHashSet();
        var stillWaiting = open.Where(a => a.State.IsWaiting && due.Contains(a.Id) && !found.Contains(a.Id));
        foreach (var asset in stillWaiting) asset.StillWaiting(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken); // nobody sees when the portal looks next: nothing to announce
        if (found.Count == 0) return;
        await changes.ApplyAsync<bool>(agency, request, Actor.System, change =>
        {
            var activity = change.Request.Status == RequestStatus.Connected ? RequestActivity.Completed : RequestActivity.Sharing;
            var news = change.Request.Connections.SelectMany(c => c.Assets).Where(a => found.Contains(a.Id));
            foreach (var asset in news.Where(a => a.State is not (AssetState.Shared or AssetState.Selected)))
            {
                asset.Become(AssetState.Shared, change.Now);
                change.Request.RecordActivity(activity, change.Now, FacebookDefaults.Key);
                change.Record(AuditKind.AssetShared, FacebookDefaults.Key, asset.Name);
            }

            return true;
        }, cancellationToken);

        bool IsListed(ConnectedAsset asset) => shared.Succeeded && shared.Value.ContainsKey(asset.ExternalId);
    }
}
