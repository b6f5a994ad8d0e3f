namespace OnboardingPortal.Core.Kernel;

/// <summary>A row that belongs to one agency and is invisible to every other.</summary>
public interface IAgencyOwned
{
    /// <summary>The owner; never changes.</summary>
    AgencyId AgencyId { get; }
}
