using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Connections;

/// <summary>Ways to a platform's sign-in page that a user began.</summary>
internal sealed class UnfinishedAttempts : IUnfinishedWork
{
    Task IUnfinishedWork.DropAsync(PortalDbContext db, AgencyUserId user, CancellationToken cancellationToken) =>
        db.ConnectAttempts.Where(a => a.UserId == user && a.UsedAt == null).ExecuteDeleteAsync(cancellationToken);
}
