namespace OnboardingPortal.App.Features.Home;

/// <summary>Names the resource of the first page's words.</summary>
public sealed class HomeText;
