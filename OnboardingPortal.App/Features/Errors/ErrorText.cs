namespace OnboardingPortal.App.Features.Errors;

/// <summary>Names the resource of the error pages' words.</summary>
public sealed class ErrorText;
