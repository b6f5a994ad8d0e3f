namespace OnboardingPortal.App.Features.DataSync;

/// <summary>Names the resource of the words about data sync.</summary>
public sealed class SyncText;
