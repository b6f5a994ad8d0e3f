namespace OnboardingPortal.App.Features.Settings;

/// <summary>Names the resource of the settings' words.</summary>
public sealed class SettingsText;
