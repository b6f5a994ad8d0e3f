using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.Core.Requests;

/// <summary>Where an agency receives what clients share.</summary>
internal static class AgencyBusinesses
{
    /// <summary>The Business Manager, if the Facebook user is the agency's and Admin there; null otherwise.</summary>
    public static async Task<BusinessManager?> FindBusinessAsync(
        this PortalDbContext db, AgencyFacebookUserId? facebookUser, string business, CancellationToken cancellationToken)
    {
        var user = await db.FacebookUsers.AsNoTracking().SingleOrDefaultAsync(u => u.Id == facebookUser, cancellationToken);
        return user?.BusinessManagers.FirstOrDefault(b => b.ExternalId == business && b.IsAdmin);
    }
}
