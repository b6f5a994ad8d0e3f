namespace OnboardingPortal.App.Features.Wizard.Parts;

/// <summary>How much a button asks to be pressed.</summary>
public enum ActionKind
{
    Second,

    /// <summary>The one of its screen.</summary>
    Primary,

    Quiet,
}
