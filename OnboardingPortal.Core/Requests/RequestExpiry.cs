using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Notes that links died. Reading counts expiry from its instant; this is for the timeline, the filters and the watchers.
/// </summary>
public sealed class RequestExpiry(PortalDbContextFactory contexts, RequestChanges changes, TimeProvider clock)
{
    private const int Batch = 200;

    /// <summary>One round.</summary>
    /// <returns>How many requests expired.</returns>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        var due = await db.Requests.IgnoreQueryFilters().Where(r => r.Status == RequestStatus.Pending && r.ExpiresAt <= now)
            .OrderBy(r => r.ExpiresAt).Take(Batch).Select(r => new { r.AgencyId, r.Id }).ToListAsync(cancellationToken);
        var expired = 0;
        foreach (var request in due)
        {
            var result = await changes.ApplyAsync<bool>(request.AgencyId, request.Id, Actor.System, change =>
            {
                if (change.Request.Status != RequestStatus.Pending || change.Request.ExpiresAt > change.Now) return new RequestNotFound();
                change.Request.Expire(change.Now);
                change.Record(AuditKind.RequestExpired);
                return true;
            }, cancellationToken);
            if (result.Succeeded) expired++;
        }

        return expired;
    }
}
