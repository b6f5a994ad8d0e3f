namespace OnboardingPortal.Core.Agencies;

/// <summary>Only main users may do this.</summary>
public sealed record NotAllowed : PortalError;
