using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>
/// Lets the agency's own Facebook user work with what was shared with its business. For the client an asset is shared before: this part is
/// the agency's alone, and runs apart from the client's wizard.
/// </summary>
public sealed class FacebookAssignment(
    PortalDbContextFactory contexts, RequestChanges changes, FacebookAssets assets, FacebookAccess access, AgencyFacebookService facebookUsers, TimeProvider clock)
{
    private const int MostRequestsARound = 50;
    private const int MostAssetsATime = 25;

    /// <summary>One round of the job: assigns what was shared since, and tries again what did not work.</summary>
    /// <returns>How many requests were looked at.</returns>
    public async Task<int> AssignDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        var due = await db.Assets.IgnoreQueryFilters().Where(a => a.NextCheckAt <= now && a.State == AssetState.Shared)
            .Join(db.Connections.IgnoreQueryFilters(), a => a.ConnectionId, c => c.Id, (_, c) => new { c.AgencyId, RequestId = c.RequestId!.Value })
            .Where(c => db.Requests.IgnoreQueryFilters().Any(r => r.Id == c.RequestId && r.Status != RequestStatus.Deleted))
            .Distinct().OrderBy(r => r.RequestId).Take(MostRequestsARound).ToListAsync(cancellationToken);
        foreach (var request in due) await AssignAsync(request.AgencyId, request.RequestId, cancellationToken);
        return due.Count;
    }

    private async Task AssignAsync(AgencyId agency, RequestId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(agency);
        var request = await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is not { FacebookUserId: { } user, BusinessManagerId: { } business }) return;
        var due = await db.Assets.AsNoTracking().Where(a => a.NextCheckAt <= now && a.State == AssetState.Shared)
            .Where(a => db.Connections.Any(c => c.Id == a.ConnectionId && c.RequestId == id)).OrderBy(a => a.Id).Take(MostAssetsATime).ToListAsync(cancellationToken);

        var member = await facebookUsers.FindMemberAsync(agency, user, business, cancellationToken);
        var shared = member.Succeeded ? await assets.ListSharedAsync(member.Value.Token, business, cancellationToken) : member.Error;
        var outcomes = new Dictionary<AssetId, Outcome>();
        foreach (var asset in due)
        {
            outcomes[asset.Id] = shared.Succeeded
                ? await AssignAsync(asset, member.Value, business, shared.Value.GetValueOrDefault(asset.ExternalId), cancellationToken)
                : new Outcome((PlatformFailure)shared.Error, asset.MissingTasks);
        }

        if (outcomes.Values.FirstOrDefault(o => o.Failure?.Kind == PlatformFailureKind.AuthExpired) is { Failure: { } lost })
        {
            await facebookUsers.NoteFailureAsync(agency, user, lost.Kind, cancellationToken);
        }

        await changes.ApplyAsync<bool>(agency, id, Actor.System, change =>
        {
            foreach (var asset in change.Request.Connections.SelectMany(c => c.Assets).Where(a => a.State == AssetState.Shared))
            {
                if (outcomes.TryGetValue(asset.Id, out var outcome)) asset.NoteAssignment(outcome.Failure?.Kind, outcome.MissingTasks, change.Now);
            }

            return true;
        }, cancellationToken);
    }

    private async Task<Outcome> AssignAsync(
        ConnectedAsset asset, BusinessMember member, string business, IReadOnlyList<string>? permitted, CancellationToken cancellationToken)
    {
        // The person may do no more than the business, and by the same names.
        var tasks = permitted is null ? FacebookDefaults.SharedTasks : [.. FacebookDefaults.SharedTasks.Select(t => FacebookTasks.Find(permitted, t)).OfType<string>()];
        var missing = permitted is null ? [] : FacebookDefaults.SharedTasks.Where(t => FacebookTasks.Find(permitted, t) is null).ToList();
        var missingTasks = missing.Count == 0 ? null : string.Join(' ', missing);
        if (tasks.Count == 0) return new Outcome(new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.PermissionDenied), missingTasks);
        return new Outcome(await access.AssignAsync(member.Token, asset.Kind, asset.ExternalId, business, member.UserId, tasks, cancellationToken), missingTasks);
    }

    private sealed record Outcome(PlatformFailure? Failure, string? MissingTasks);
}
