namespace OnboardingPortal.App.Features.Wizard.Steps;

/// <summary>What somebody ticked and searched for and did not connect yet, as their browser keeps it.</summary>
public sealed class TickedAssets
{
    /// <summary>The platform's id of the business that was chosen.</summary>
    public string? Business { get; set; }

    /// <summary>The platform's ids of what is ticked.</summary>
    public List<string> Ids { get; set; } = [];

    public string AdAccountSearch { get; set; } = "";

    public string PageSearch { get; set; } = "";
}
