namespace OnboardingPortal.App.Features.Requests;

/// <summary>Names the resource of the words about requests.</summary>
public sealed class RequestsText;
