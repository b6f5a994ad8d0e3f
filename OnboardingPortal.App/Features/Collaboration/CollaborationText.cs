namespace OnboardingPortal.App.Features.Collaboration;

/// <summary>Names the resource of the words on the collaboration settings.</summary>
public sealed class CollaborationText;
