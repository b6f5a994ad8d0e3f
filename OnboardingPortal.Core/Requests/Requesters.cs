using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

/// <summary>Where the sender of a request is mailed.</summary>
internal static class Requesters
{
    /// <summary>The requester's address, or null when they are no longer a user of the agency.</summary>
    public static async Task<string?> RequesterEmailAsync(
        this PortalDbContextFactory contexts, AgencyId agency, RequestId request, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var requester = await db.Requests.Where(r => r.Id == request).Select(r => (AgencyUserId?)r.RequesterId)
            .SingleOrDefaultAsync(cancellationToken);
        return requester is { Value: var id }
            ? await db.Users.Where(u => u.Id == id && u.AgencyId == agency).Select(u => u.Email).SingleOrDefaultAsync(cancellationToken)
            : null;
    }

    /// <summary>The requester's address and language, or null when they no longer work for the agency.</summary>
    public static async Task<Addressee?> FindRequesterAsync(
        this PortalDbContextFactory contexts, AgencyId agency, RequestId request, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var requester = await db.Requests.Where(r => r.Id == request).Select(r => (AgencyUserId?)r.RequesterId)
            .SingleOrDefaultAsync(cancellationToken);
        return requester is { Value: var id }
            ? await db.Users.Where(u => u.Id == id && u.AgencyId == agency && u.DisabledAt == null && u.Email != null)
                .Select(u => new Addressee(u.Email!, u.Language)).SingleOrDefaultAsync(cancellationToken)
            : null;
    }
}
