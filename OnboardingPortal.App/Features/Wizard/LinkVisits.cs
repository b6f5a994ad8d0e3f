using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>Lets everything that answers one request of a browser share what is known of its link.</summary>
internal static class LinkVisits
{
    extension(HttpContext context)
    {
        /// <summary>The visit to a link: the one that this request began with, as long as it is the same link.</summary>
        public LinkVisit VisitOf(string token)
        {
            if (context.Features.Get<LinkVisit>() is { } known && known.Token == token) return known;
            var visit = new LinkVisit(token);
            context.Features.Set(visit);
            return visit;
        }
    }
}
