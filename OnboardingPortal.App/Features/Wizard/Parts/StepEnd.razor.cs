using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Parts;

public sealed partial class StepEnd
{
    private PlatformGrants? _at;
    private int _asked;        // how many questions left from this step: each is told anew
    private PortalError? _refusal;

    [CascadingParameter] public required Wizard Wizard { get; set; }

    [Parameter, EditorRequired] public required WizardState State { get; set; }

    /// <summary>The step that ends here.</summary>
    [Parameter, EditorRequired] public PlatformGrants Step { get; set; }

    private PlatformGrants? Before => State.Steps.Where(s => s < Step).Select(s => (PlatformGrants?)s).LastOrDefault();

    private PlatformGrants? After => State.Steps.Where(s => s > Step).Select(s => (PlatformGrants?)s).FirstOrDefault();

    private bool CanLeave => State.IsAnswered(Step) && Wizard.Unconnected == 0;

    protected override void OnParametersSet()
    {
        if (_at != Step)
        {
            _at = Step;
            _refusal = null;
            _asked = 0;
        }
    }

    private Task NextAsync() => LeaveAsync(CanLeave, () => After is { } next ? Wizard.GoToAsync(next) : Wizard.CompleteAsync());

    private Task FinishAsync() =>
        LeaveAsync(Wizard.Unconnected == 0, () => Wizard.DoAsync(token => Parts.FinishPartAsync(Wizard.Caller, token)));

    private async Task LeaveAsync(bool atOnce, Func<Task<PortalError?>> leave)
    {
        _refusal = null;
        if (atOnce || await AskAsync()) _refusal = await leave();
    }

    private Task<bool> AskAsync() => Wizard.Unconnected > 0
        ? AskAsync("LeaveTickedTitle", Text["LeaveTicked", Wizard.Unconnected])
        : AskAsync("LeaveTitle", Text["Leave", State.AgencyName]);

    private Task<bool> AskAsync(string title, string words) =>
        Question.AskAsync(Dialogs, Text[title], words, Text["GoOnWithout"], Text["StayHere"]);

    private async Task GoAsync(PlatformGrants step) => _refusal = await Wizard.GoToAsync(step);
}
