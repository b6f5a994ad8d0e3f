namespace OnboardingPortal.App.Features.Templates;

/// <summary>Names the resource of the words on the templates.</summary>
public sealed class TemplatesText;
