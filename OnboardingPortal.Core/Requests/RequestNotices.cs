using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

/// <summary>Whom an agency has mailed about one of its requests, or about an account that may have come through one.</summary>
public sealed class RequestNotices(PortalDbContextFactory contexts, Notices notices)
{
    /// <summary>Who is mailed now, each address once.</summary>
    /// <param name="agency">Whose settings.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="request">What it is about; null where no request stands behind it, and then the main users stand in for the
    /// requester.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    internal async Task<IReadOnlyList<Addressee>> FindAsync(
        AgencyId agency, Func<Agency, MailedPeople> chosen, RequestId? request, CancellationToken cancellationToken)
    {
        if (request is null) return await notices.FindAsync(agency, chosen, cancellationToken);
        await using var db = contexts.Create(agency);
        var requester = await db.Requests.Where(r => r.Id == request).Select(r => (AgencyUserId?)r.RequesterId)
            .SingleOrDefaultAsync(cancellationToken);
        return await notices.FindAsync(agency, chosen, requester, cancellationToken);
    }
}
