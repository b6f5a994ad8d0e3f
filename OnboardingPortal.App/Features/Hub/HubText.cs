namespace OnboardingPortal.App.Features.Hub;

/// <summary>Names the resource of the Hub's words.</summary>
public sealed class HubText;
