using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Parts;

public sealed partial class StandingLine
{
    [Parameter, EditorRequired] public required WizardPlatform Platform { get; set; }

    /// <summary>Whether the request is over: what is open then stays so.</summary>
    [Parameter] public bool IsOver { get; set; }

    private string Word => Platform switch
    {
        { Standing: PlatformStanding.Declined, DeclineReason: { } reason } => $"{reason}",
        { Standing: PlatformStanding.Open } when IsOver => "Nothing",
        _ => $"{Platform.Standing}",
    };

    private (string Class, string Icon) Look => Platform.Standing switch
    {
        PlatformStanding.Granted => ("mud-success-text", Icons.Material.Outlined.CheckCircle),
        PlatformStanding.Waiting => ("mud-warning-text", Icons.Material.Outlined.Schedule),
        PlatformStanding.Declined => ("", Icons.Material.Outlined.Cancel),
        _ => ("", Icons.Material.Outlined.Circle),
    };
}
