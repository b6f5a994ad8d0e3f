namespace OnboardingPortal.Core.Kernel;

/// <summary>Only main users may do this.</summary>
public sealed record NotAllowed : PortalError;
