using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Parts;

public sealed partial class AskQuestion
{
    private const string Name = "question";

    [CascadingParameter] public required Wizard Wizard { get; set; }

    [Parameter, EditorRequired] public required WizardState State { get; set; }

    /// <summary>The platforms of the step: what the question can be about.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<WizardPlatform> Platforms { get; set; }

    /// <summary>The question is on its way.</summary>
    [Parameter] public EventCallback Asked { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Wizard.OpenDialog == Name) await AskAsync();
    }

    private async Task AskAsync()
    {
        Wizard.OpenDialog = Name;
        var keep = Wizard.DraftOf(Name);
        var parameters = new DialogParameters<AnswerDialog>
        {
            { d => d.Draft, await Drafts.RecallAsync<AnswerDraft>(keep, Wizard.Leaving) ?? new() },
            { d => d.Keep, keep },
            { d => d.Platforms, Platforms },
            { d => d.Label, Text["YourQuestion"].Value },
            { d => d.Hint, Text["AskHint", State.RequesterName, State.ParticipantEmail].Value },
            { d => d.Most, ClientQuestion.TextMaxLength },
            { d => d.Yes, Text["SendQuestion"].Value },
            { d => d.Send, SendAsync },
        };
        var dialog = await Dialogs.ShowAsync<AnswerDialog>(Text["AskTitle", State.RequesterName], parameters);
        var answer = await dialog.Result;
        Wizard.OpenDialog = null;
        if (answer is { Canceled: false }) await Asked.InvokeAsync();
    }

    private Task<PortalError?> SendAsync(AnswerDraft draft) =>
        Wizard.DoAsync(token => Questions.AskAsync(Wizard.Caller, About(draft), draft.Text, token));

    private PlatformKey? About(AnswerDraft draft) => Platforms switch
    {
        [var only] => only.Key,
        _ => draft.About.Length == 0 ? null : new PlatformKey(draft.About),
    };
}
