namespace OnboardingPortal.App.Features.Wizard.Parts;

/// <summary>What a client writes to the agency, as far as it is typed.</summary>
public sealed class AnswerDraft
{
    /// <summary>The platform that it is about; empty = the request as a whole.</summary>
    public string About { get; set; } = "";

    public string Text { get; set; } = "";
}
