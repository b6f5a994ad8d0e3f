namespace OnboardingPortal.App.Components.Hub;

/// <summary>Names the resource of the Hub's words.</summary>
public sealed class HubText;
