using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// What a scope leaves of the requests and of what hangs on them. Every reading on behalf of an agency's user begins here.
/// </summary>
internal static class ScopedRows
{
    extension(PortalDbContext db)
    {
        /// <summary>The requests that are seen and not deleted.</summary>
        public IQueryable<OnboardingRequest> RequestsIn(RequestScope scope)
        {
            var alive = db.Requests.Where(r => r.Status != RequestStatus.Deleted);
            return scope.OnlyOf is { } only ? alive.Where(r => r.RequesterId == only) : alive;
        }

        /// <summary>
        /// The agency's own accounts, and those that came through a request that is seen, even where it was deleted since.
        /// </summary>
        public IQueryable<PlatformConnection> ConnectionsIn(RequestScope scope)
        {
            if (scope.OnlyOf is not { } only) return db.Connections;
            return db.Connections.Where(c => c.RequestId == null || db.Requests.Any(r => r.Id == c.RequestId && r.RequesterId == only));
        }

        /// <summary>The mails about no request, and those about one that is seen, even where it was deleted since.</summary>
        public IQueryable<EmailMessage> MailsIn(RequestScope scope)
        {
            if (scope.OnlyOf is not { } only) return db.EmailMessages;
            return db.EmailMessages.Where(m => m.RequestId == null || db.Requests.Any(r => r.Id == m.RequestId && r.RequesterId == only));
        }
    }
}
