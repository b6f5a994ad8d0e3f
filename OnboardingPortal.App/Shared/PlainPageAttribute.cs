namespace OnboardingPortal.App.Shared;

/// <summary>A page of links and forms: it has no circuit and is sent without Blazor's script.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PlainPageAttribute : Attribute;
