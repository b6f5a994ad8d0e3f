namespace OnboardingPortal.Core.Kernel;

/// <summary>The row of the agency itself, which all others of the agency belong to: its audit chain begins with it.</summary>
public interface ITenant
{
    /// <summary>The agency's id.</summary>
    AgencyId Id { get; }
}
