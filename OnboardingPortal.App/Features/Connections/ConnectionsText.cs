namespace OnboardingPortal.App.Features.Connections;

/// <summary>Names the resource of the words on what the agency is connected to.</summary>
public sealed class ConnectionsText;
