using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>What users begin in another folder and may leave unfinished.</summary>
public interface IUnfinishedWork
{
    /// <summary>Makes what a user began and has not finished come to nothing, in the transaction that signs them out everywhere.</summary>
    internal Task DropAsync(PortalDbContext db, AgencyUserId user, CancellationToken cancellationToken);
}
