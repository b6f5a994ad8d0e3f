namespace OnboardingPortal.App.Shared;

/// <summary>Names the resource of words that many pages use.</summary>
public sealed class SharedText;
