using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Notes that links died. Reading counts expiry from its instant; this is for the timeline, the filters and the watchers.
/// </summary>
public sealed class RequestExpiry(PortalDbContextFactory contexts, RequestChanges changes, RoundItems items, TimeProvider clock)
{
    private const int Batch = 200;

    /// <summary>One round.</summary>
    /// <returns>How many requests expired.</returns>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var round = await items.BeginAsync(RoundKind.Expiry, cancellationToken);
        var resting = round.RestingIds<RequestId>();
        await using var db = contexts.CreateForSystem();
        var due = await db.Requests.IgnoreQueryFilters()
            .Where(r => r.Status == RequestStatus.Pending && r.ExpiresAt <= now && !resting.Contains(r.Id))
            .OrderBy(r => r.ExpiresAt).Take(Batch).Select(r => new { r.AgencyId, r.Id }).ToListAsync(cancellationToken);
        var expired = 0;
        foreach (var request in due)
        {
            await round.TryAsync(
                request.AgencyId, request.Id,
                async () => expired += await ExpireAsync(request.AgencyId, request.Id, cancellationToken) ? 1 : 0, cancellationToken);
        }

        return expired;
    }

    private async Task<bool> ExpireAsync(AgencyId agency, RequestId id, CancellationToken cancellationToken) =>
        (await changes.ApplyAsync<bool>(agency, id, Actor.System, change =>
        {
            if (change.Request.Status != RequestStatus.Pending || change.Request.ExpiresAt > change.Now) return new RequestNotFound();
            change.Request.Expire(change.Now);
            change.Record(AuditKind.RequestExpired);
            return true;
        }, cancellationToken)).Succeeded;
}
