namespace OnboardingPortal.App.Features.DataSync;

/// <summary>Names the resource of countries' names, by their two letters (CLDR).</summary>
public sealed class CountryText;
