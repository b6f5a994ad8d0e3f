using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Steps;

public sealed partial class SignInFailed
{
    private ElementReference _top;
    private PortalError? _refusal;

    [CascadingParameter] public required Wizard Wizard { get; set; }

    [Parameter, EditorRequired] public required WizardAttempt Attempt { get; set; }

    /// <summary>It was read and closed, and what was pressed is gone.</summary>
    [Parameter, EditorRequired] public EventCallback Gone { get; set; }

    /// <summary>What only this platform means by the failure, or null.</summary>
    private string? Own(string entry)
    {
        var own = Text[$"{entry}.{Attempt.Failure}.{Attempt.Platform}", Wizard.State?.AgencyName ?? ""];
        return own.ResourceNotFound ? null : own.Value;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _top.FocusAsync();
    }

    // What was unticked is asked for again only when the platform is told to.
    private async Task TryAgainAsync() =>
        _refusal = await Wizard.SignInAsync(Attempt.Platform, new ConnectWay(AskAgain: Attempt.Failure == PlatformFailureKind.Incomplete));

    private async Task CloseAsync()
    {
        await Wizard.DoAsync(async token =>
        {
            await Service.DismissAttemptAsync(Wizard.Caller, Attempt.Id, token);
            return null;
        });
        await Gone.InvokeAsync();
    }
}
