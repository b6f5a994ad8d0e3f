using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Sharing;

/// <summary>
/// Lets the agency's own Facebook user work with what was shared with its business. For the client an asset is shared before: this part is
/// the agency's alone, and runs apart from the client's wizard. One reading of a Business Manager's lists serves all that is due there.
/// </summary>
public sealed class FacebookAssignment(
    PortalDbContextFactory contexts, RequestChanges changes, FacebookAssets assets, FacebookAccess access,
    AgencyFacebookService facebookUsers,
    RoundItems items, TimeProvider clock)
{
    private const int MaxAssetsARound = 200;
    private const int SavedTogether = 25;

    /// <summary>How long one node may take over what is due; afterwards another tries.</summary>
    private static readonly Leases<ConnectedAsset> Looks = new(TimeSpan.FromMinutes(5), a => a.NextCheckAt);

    /// <summary>
    /// One round of the job: assigns what was shared since, and tries again what did not work. Of several nodes one does each.
    /// </summary>
    /// <returns>How many requests were looked at.</returns>
    public async Task<int> AssignDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var round = await items.BeginAsync(RoundKind.Assignment, cancellationToken);
        var resting = round.RestingIds<RequestId>();
        await using var db = contexts.CreateForSystem();
        var shared = db.Assets.IgnoreQueryFilters().Where(a => a.NextCheckAt <= now && a.State == AssetState.Shared);
        var requests = db.Requests.IgnoreQueryFilters()
            .Where(r => r.Status != RequestStatus.Deleted && r.FacebookUserId != null && r.BusinessManagerId != null);
        var due = await shared
            .Join(
                db.Connections.IgnoreQueryFilters(), a => a.ConnectionId, c => c.Id,
                (a, c) => new { Asset = a, RequestId = c.RequestId!.Value })
            .Join(
                requests, a => a.RequestId, r => r.Id,
                (a, r) => new { a.Asset, a.RequestId, r.AgencyId, User = r.FacebookUserId!.Value, Business = r.BusinessManagerId! })
            .Where(a => !resting.Contains(a.RequestId))
            .OrderBy(a => a.Asset.NextCheckAt).ThenBy(a => a.Asset.Id).Take(MaxAssetsARound).AsNoTracking().ToListAsync(cancellationToken);
        var done = 0;
        foreach (var group in due.GroupBy(a => (a.AgencyId, a.User, a.Business)))
        {
            List<AssetId> ids = [.. group.Select(a => a.Asset.Id)];
            var mine = await Looks.ClaimAsync(shared.Where(a => ids.Contains(a.Id)), Looks.EndFrom(now), null, cancellationToken);
            if (mine == 0) continue;
            var (agency, user, business) = group.Key;
            (Result<BusinessMember> Member, Result<IReadOnlyDictionary<string, IReadOnlyList<string>?>> Listed)? lists = null;
            foreach (var request in group.GroupBy(a => a.RequestId, a => a.Asset))
            {
                await round.TryAsync(agency, request.Key, async () =>
                {
                    var (member, listed) = lists ??= await ReadAsync(agency, user, business, cancellationToken);
                    foreach (var some in request.Chunk(SavedTogether))
                    {
                        await AssignAsync(agency, request.Key, user, business, member, listed, some, cancellationToken);
                    }
                }, cancellationToken);
                done++;
            }
        }

        return done;
    }

    private async Task<(Result<BusinessMember> Member, Result<IReadOnlyDictionary<string, IReadOnlyList<string>?>> Listed)> ReadAsync(
        AgencyId agency, AgencyFacebookUserId user, string business, CancellationToken cancellationToken)
    {
        var member = await facebookUsers.FindMemberAsync(agency, user, business, cancellationToken);
        var listed = member.Succeeded ? await assets.ListSharedAsync(member.Value.Token, business, cancellationToken) : member.Error;
        if (listed.Error is PlatformFailure { Kind: PlatformFailureKind.AuthExpired } lost)
        {
            await facebookUsers.NoteFailureAsync(agency, user, lost.Kind, cancellationToken);
        }

        return (member, listed);
    }

    private async Task AssignAsync(
        AgencyId agency, RequestId request, AgencyFacebookUserId user, string business, Result<BusinessMember> member,
        Result<IReadOnlyDictionary<string, IReadOnlyList<string>?>> listed, IReadOnlyList<ConnectedAsset> due,
        CancellationToken cancellationToken)
    {
        var outcomes = new Dictionary<AssetId, Outcome>();
        foreach (var asset in due)
        {
            outcomes[asset.Id] = listed.Succeeded
                ? await AssignAsync(asset, member.Value, business, listed.Value.GetValueOrDefault(asset.ExternalId), cancellationToken)
                : new Outcome((PlatformFailure)listed.Error, asset.MissingTasks);
        }

        var isSignInLost = outcomes.Values.Any(o => o.Failure?.Kind == PlatformFailureKind.AuthExpired);
        if (listed.Succeeded && isSignInLost)
        {
            await facebookUsers.NoteFailureAsync(agency, user, PlatformFailureKind.AuthExpired, cancellationToken);
        }


        await using var db = contexts.Create(agency);
        List<AssetId> ids = [.. outcomes.Keys];
        var now = clock.GetUtcNow();
        var news = new HashSet<AssetId>();
        foreach (var asset in await db.Assets.Where(a => ids.Contains(a.Id) && a.State == AssetState.Shared).ToListAsync(cancellationToken))
        {
            var outcome = outcomes[asset.Id];
            var isAsBefore = (asset.AssignmentFailure, asset.MissingTasks, asset.AssignedAt is null)
                == (outcome.Failure?.Kind, outcome.MissingTasks, outcome.Failure is not null);
            if (isAsBefore) asset.NoteAssignment(outcome.Failure?.Kind, outcome.MissingTasks, now);
            else news.Add(asset.Id);
        }

        await db.SaveChangesAsync(cancellationToken); // when the portal tries next is nothing to announce
        if (news.Count == 0) return;
        await changes.ApplyAsync<bool>(agency, request, Actor.System, change =>
        {
            var changed = change.Request.Connections.SelectMany(c => c.Assets).Where(a => news.Contains(a.Id));
            foreach (var asset in changed.Where(a => a.State == AssetState.Shared))
            {
                asset.NoteAssignment(outcomes[asset.Id].Failure?.Kind, outcomes[asset.Id].MissingTasks, change.Now);
            }

            return true;
        }, cancellationToken);
    }

    private async Task<Outcome> AssignAsync(
        ConnectedAsset asset, BusinessMember member, string business, IReadOnlyList<string>? permitted, CancellationToken cancellationToken)
    {
        // The person may do no more than the business, and by the same names.
        var tasks = permitted is null
            ? FacebookDefaults.SharedTasks
            : [.. FacebookDefaults.SharedTasks.Select(t => FacebookTasks.Find(permitted, t)).OfType<string>()];
        var missing = permitted is null ? [] : FacebookDefaults.SharedTasks.Where(t => FacebookTasks.Find(permitted, t) is null).ToList();
        var missingTasks = missing.Count == 0 ? null : string.Join(' ', missing);
        if (tasks.Count == 0)
            return new Outcome(new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.PermissionDenied), missingTasks);
        return new Outcome(
            await access.AssignAsync(member.Token, asset.Kind, asset.ExternalId, business, member.UserId, tasks, cancellationToken),
            missingTasks);
    }

    private sealed record Outcome(PlatformFailure? Failure, string? MissingTasks);
}
