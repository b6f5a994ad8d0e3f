using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Features.Wizard.Parts;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Steps;

public sealed partial class DeclineButton
{
    private PortalError? _refusal;

    [CascadingParameter] public required Wizard Wizard { get; set; }

    [Parameter, EditorRequired] public required WizardPlatform Platform { get; set; }

    /// <summary>It was said, and what was pressed is gone.</summary>
    [Parameter, EditorRequired] public EventCallback Gone { get; set; }

    private string Name => $"decline-{Platform.Key}";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Wizard.OpenDialog == Name) await AskAsync();
    }

    private async Task AskAsync()
    {
        Wizard.OpenDialog = Name;
        _refusal = null;
        var keep = Wizard.DraftOf(Name);
        var parameters = new DialogParameters<AnswerDialog>
        {
            { d => d.Draft, await Drafts.RecallAsync<AnswerDraft>(keep, Wizard.Leaving) ?? new() },
            { d => d.Keep, keep },
            { d => d.Lead, Text["NotAllowedText", Wizard.State!.AgencyName].Value },
            { d => d.Label, Text["NotAllowedWhy"].Value },
            { d => d.Hint, Text["NotAllowedHint"].Value },
            { d => d.Most, RequestedPlatform.DeclineTextMaxLength },
            { d => d.Yes, Text["SaveAnswer"].Value },
            { d => d.Send, draft => DeclineAsync(DeclineReason.NotAllowed, draft.Text) },
        };
        var dialog = await Dialogs.ShowAsync<AnswerDialog>(Text["NotAllowedTitle", Platform.Name], parameters);
        var answer = await dialog.Result;
        Wizard.OpenDialog = null;
        if (answer is { Canceled: false }) await Gone.InvokeAsync();
    }

    private async Task NotUsedAsync()
    {
        _refusal = await DeclineAsync(DeclineReason.NotUsed, "");
        if (_refusal is null) await Gone.InvokeAsync();
    }

    private Task<PortalError?> DeclineAsync(DeclineReason reason, string text) =>
        Wizard.DoAsync(token => Service.DeclineAsync(Wizard.Caller, Platform.Key, reason, text, token));
}
