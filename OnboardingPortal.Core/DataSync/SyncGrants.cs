using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.DataSync;

/// <summary>A list's account and an ad account of one client.</summary>
internal sealed record SyncPair(RequestId Request, PlatformKey Platform, RequestId AdRequest, string AdAccount);

/// <summary>
/// What belongs to one client: what came through one request, or through requests of the agency that share a recipient's address, since the
/// agency typed those. An account that the agency connected itself belongs to nobody's client. Asked when a sync is made and before each
/// of its runs.
/// </summary>
internal sealed class SyncGrants(PortalDbContextFactory contexts, AgencyFacebookService facebook)
{
    /// <summary>Ad accounts of the client that an account is of, as far as the caller sees their requests.</summary>
    public static IQueryable<ConnectedAsset> AdAccounts(PortalDbContext db, RequestScope scope, RequestId request)
    {
        var connections = db.ConnectionsIn(scope);
#pragma warning disable CA1304, CA1311, CA1862 // It becomes SQL's lower(): no culture takes part.
        return db.Assets.Where(a => a.Kind == AssetKind.AdAccount)
            .Where(a => connections.Any(c => c.Id == a.ConnectionId && c.RequestId != null
                && (c.RequestId == request || db.Recipients.Any(mine => mine.RequestId == request
                    && db.Recipients.Any(other => other.RequestId == c.RequestId && other.Email.ToLower() == mine.Email.ToLower())))));
#pragma warning restore CA1304, CA1311, CA1862
    }

    /// <summary>The requests of the client that a request is of, that one among them.</summary>
    public static IQueryable<RequestId> RequestsOfClient(PortalDbContext db, RequestId request)
    {
#pragma warning disable CA1304, CA1311, CA1862 // It becomes SQL's lower(): no culture takes part.
        return db.Requests.Where(r => r.Id == request || db.Recipients.Any(mine => mine.RequestId == request
            && db.Recipients.Any(other => other.RequestId == r.Id && other.Email.ToLower() == mine.Email.ToLower()))).Select(r => r.Id);
#pragma warning restore CA1304, CA1311, CA1862
    }

    /// <summary>The two as one client's; null when they are not, or when the caller does not see one of them.</summary>
    public async Task<SyncPair?> FindPairAsync(
        RequestScope scope, ConnectionId account, AssetId adAccount, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var source = await db.ConnectionsIn(scope).Where(c => c.Id == account && c.RequestId != null)
            .Select(c => new { Request = c.RequestId!.Value, c.Platform }).SingleOrDefaultAsync(cancellationToken);
        if (source is null) return null;
        var target = await AdAccounts(db, scope, source.Request).Where(a => a.Id == adAccount)
            .Join(db.Connections, a => a.ConnectionId, c => c.Id, (a, c) => new { a.ExternalId, Request = c.RequestId })
            .SingleOrDefaultAsync(cancellationToken);
        return target is null ? null : new SyncPair(source.Request, source.Platform, target.Request!.Value, target.ExternalId);
    }

    /// <summary>
    /// A request that was completed cannot be opened again: the client signs in to the same account by another request of the same
    /// requester, and their syncs read it from there on.
    /// </summary>
    public static async Task FollowAsync(
        PortalDbContext db, IQueryable<AudienceSync> waiting, DateTimeOffset now, CancellationToken cancellationToken)
    {
#pragma warning disable CA1304, CA1311, CA1862 // It becomes SQL's lower(): no culture takes part.
        var found = await (
            from s in waiting
            where s.Problem == SyncProblem.SourceSignInOver || s.Problem == SyncProblem.SourceRefused
            join lost in db.Connections on s.AccountId equals lost.Id
            join c in db.Connections on new { s.AgencyId, lost.Platform, lost.ExternalId }
                equals new { c.AgencyId, c.Platform, c.ExternalId }
            where c.RequestId != null && c.RequestId != s.RequestId && c.ConnectedAt > s.FailedAt
                && c.State == ConnectionState.Active && c.Credentials != null
                && db.Requests.Any(mine => mine.Id == s.RequestId
                    && db.Requests.Any(other => other.Id == c.RequestId && other.RequesterId == mine.RequesterId))
                && db.Recipients.Any(mine => mine.RequestId == s.RequestId
                    && db.Recipients.Any(other => other.RequestId == c.RequestId && other.Email.ToLower() == mine.Email.ToLower()))
            select new { s.Id, Lost = lost.Id, Account = c.Id, Request = c.RequestId!.Value }).ToListAsync(cancellationToken);
#pragma warning restore CA1304, CA1311, CA1862
        foreach (var sync in found.DistinctBy(f => f.Id))
        {
            await db.AudienceSyncs.IgnoreQueryFilters().Where(s => s.Id == sync.Id && s.AccountId == sync.Lost && s.RunId == null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.AccountId, sync.Account).SetProperty(s => s.RequestId, sync.Request)
                        .SetProperty(s => s.DueAt, now), cancellationToken);
        }
    }

    /// <summary>Whether a sync may run now.</summary>
    /// <returns>The token for Facebook, or what is wrong.</returns>
    public async Task<(AccessToken Token, SyncProblem? Problem)> CheckAsync(AudienceSync sync, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(sync.AgencyId);
        var works = await db.Connections.AnyAsync(
            c => c.Id == sync.AccountId && c.State == ConnectionState.Active && c.Credentials != null, cancellationToken);
        if (!works) return (default, SyncProblem.SourceSignInOver);
        var isShared = await db.Assets.AnyAsync(a => a.Id == sync.AdAccountId && a.State == AssetState.Shared, cancellationToken);
        if (!isShared) return (default, SyncProblem.AdAccountLost);
        var pair = await FindPairAsync(
            new RequestScope(sync.AgencyId, null), sync.AccountId, sync.AdAccountId, cancellationToken);
        if (pair is null || pair.Request != sync.RequestId || pair.AdRequest != sync.AdRequestId
            || pair.AdAccount != sync.AdAccount)
            return (default, SyncProblem.AdAccountLost);
        var token = await TokenAsync(db, sync.AgencyId, pair.AdRequest, cancellationToken);
        return token.Succeeded ? (token.Value, null) : (default, SyncProblem.FacebookSignInOver);
    }

    /// <summary>The token of the agency's Facebook user that receives what a request shares.</summary>
    public async Task<Result<AccessToken>> TokenAsync(
        AgencyId agency, RequestId request, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await TokenAsync(db, agency, request, cancellationToken);
    }

    private async Task<Result<AccessToken>> TokenAsync(
        PortalDbContext db, AgencyId agency, RequestId request, CancellationToken cancellationToken)
    {
        var user = await db.Requests.Where(r => r.Id == request).Select(r => r.FacebookUserId).SingleOrDefaultAsync(cancellationToken);
        if (user is not { } id) return new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.AuthExpired);
        return await facebook.TokenOfAsync(agency, id, cancellationToken);
    }
}
