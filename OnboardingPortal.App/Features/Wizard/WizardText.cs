namespace OnboardingPortal.App.Features.Wizard;

/// <summary>Names the resources that hold the words of the client's pages.</summary>
public sealed class WizardText;
