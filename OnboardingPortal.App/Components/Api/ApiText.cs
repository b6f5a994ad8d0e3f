namespace OnboardingPortal.App.Components.Api;

/// <summary>Names the resource of the API settings' words.</summary>
public sealed class ApiText;
