namespace OnboardingPortal.App.Components.Requests;

/// <summary>Names the resource of the words about requests.</summary>
public sealed class RequestsText;
