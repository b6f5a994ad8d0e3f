namespace OnboardingPortal.Core.Kernel;

/// <summary>Which requests somebody sees and may act on.</summary>
/// <param name="Agency">Only this agency's.</param>
/// <param name="OnlyOf">Only those this user sent; null = all of the agency's.</param>
public readonly record struct RequestScope(AgencyId Agency, AgencyUserId? OnlyOf);
