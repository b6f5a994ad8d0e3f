namespace OnboardingPortal.App.Features.Api;

/// <summary>Names the resource of the API settings' words.</summary>
public sealed class ApiText;
