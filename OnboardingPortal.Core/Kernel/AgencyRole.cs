namespace OnboardingPortal.Core.Kernel;

/// <summary>What an agency user may do.</summary>
public enum AgencyRole
{
    /// <summary>Works with requests; changes no settings.</summary>
    SubUser,

    /// <summary>Also changes settings, users and platform accounts.</summary>
    MainUser,
}
