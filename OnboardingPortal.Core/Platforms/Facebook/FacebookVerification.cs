using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Asks Facebook, as the agency, what it can use: only what the agency itself sees counts as shared.</summary>
public sealed class FacebookVerification(
    PortalDbContextFactory contexts, RequestChanges changes, FacebookAssets assets, AgencyFacebookService facebookUsers, TimeProvider clock)
{
    private const int MostRequestsARound = 50;

    /// <summary>Checks every waiting asset of the client's request now.</summary>
    /// <returns>Null when Facebook was asked; otherwise why it could not be.</returns>
    public Task<PortalError?> CheckAsync(ClientCaller caller, CancellationToken cancellationToken) => CheckAsync(caller.Agency, caller.Request, cancellationToken);

    /// <summary>The same for the job.</summary>
    internal async Task<PortalError?> CheckAsync(AgencyId agency, RequestId request, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var asked = await db.Requests.AsNoTracking().Where(r => r.Id == request && r.Status != RequestStatus.Deleted)
            .Select(r => new { r.FacebookUserId, r.BusinessManagerId }).SingleOrDefaultAsync(cancellationToken);
        if (asked is not { FacebookUserId: { } user, BusinessManagerId: { } business }) return new RequestNotFound();

        var token = await facebookUsers.TokenOfAsync(agency, user, cancellationToken);
        var shared = token.Succeeded ? await assets.ListSharedAsync(token.Value, business, cancellationToken) : token.Error;
        if (shared.Error is PlatformFailure { Kind: PlatformFailureKind.AuthExpired } failure)
        {
            await facebookUsers.NoteFailureAsync(agency, user, failure.Kind, cancellationToken);
        }

        await changes.ApplyAsync<bool>(agency, request, Actor.System, change =>
        {
            foreach (var asset in change.Request.Connections.SelectMany(c => c.Assets).Where(a => a.State.IsWaiting))
            {
                if (shared.Succeeded && shared.Value.ContainsKey(asset.ExternalId))
                {
                    asset.Become(AssetState.Shared, change.Now);
                    change.Request.Note(
                        change.Request.Status == RequestStatus.Connected ? RequestActivity.Completed : RequestActivity.Sharing, change.Now, FacebookDefaults.Key);
                    change.Record(AuditKind.AssetShared, FacebookDefaults.Key, asset.Name);
                }
                else if (asset.NextCheckAt <= change.Now)
                {
                    asset.StillWaiting(change.Now); // looking early, as after each share, does not put off the next look
                }
            }

            return true;
        }, cancellationToken);
        return shared.Error;
    }

    /// <summary>One round of the job: checks the requests with assets whose time has come.</summary>
    /// <returns>How many requests were checked.</returns>
    public async Task<int> CheckDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        var due = await db.Assets.IgnoreQueryFilters().Where(a => a.NextCheckAt <= now && a.State != AssetState.Shared)
            .Join(db.Connections.IgnoreQueryFilters(), a => a.ConnectionId, c => c.Id, (_, c) => new { c.AgencyId, RequestId = c.RequestId!.Value })
            .Where(c => db.Requests.IgnoreQueryFilters().Any(r => r.Id == c.RequestId && r.Status != RequestStatus.Deleted))
            .Distinct().OrderBy(r => r.RequestId).Take(MostRequestsARound).ToListAsync(cancellationToken);
        foreach (var request in due) await CheckAsync(request.AgencyId, request.RequestId, cancellationToken);
        return due.Count;
    }
}
