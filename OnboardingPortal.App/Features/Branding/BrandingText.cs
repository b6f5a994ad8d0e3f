namespace OnboardingPortal.App.Features.Branding;

/// <summary>Names the resources that hold the words of the white label's settings.</summary>
public sealed class BrandingText;
