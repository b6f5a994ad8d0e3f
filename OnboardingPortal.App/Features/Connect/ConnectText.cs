namespace OnboardingPortal.App.Features.Connect;

/// <summary>Marks the texts of the way to a platform, for clients and agency users alike.</summary>
public sealed class ConnectText;
