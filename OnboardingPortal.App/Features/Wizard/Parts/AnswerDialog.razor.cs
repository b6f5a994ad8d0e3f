using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Parts;

public sealed partial class AnswerDialog
{
    private PortalForm<AnswerDraft> _form = null!;
    private PortalError? _refusal;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>What was typed before.</summary>
    [Parameter, EditorRequired] public AnswerDraft Draft { get; set; } = null!;

    /// <summary>Under what the browser keeps what was typed; the same for nobody else.</summary>
    [Parameter, EditorRequired] public string Keep { get; set; } = "";

    [Parameter] public string? Lead { get; set; }

    /// <summary>What it can be about; asked with more than one.</summary>
    [Parameter] public IReadOnlyList<WizardPlatform> Platforms { get; set; } = [];

    /// <summary>The field's.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Hint { get; set; }

    /// <summary>
    /// How many characters are taken. Twice as many can be typed: a text that is cut without a word is worse than one that is refused.
    /// </summary>
    [Parameter, EditorRequired] public int Most { get; set; }

    /// <summary>A verb.</summary>
    [Parameter, EditorRequired] public string Yes { get; set; } = "";

    /// <summary>Sends it; gives back why not.</summary>
    [Parameter, EditorRequired] public Func<AnswerDraft, Task<PortalError?>> Send { get; set; } = null!;

    private string NameOf(string? platform) => Platforms.FirstOrDefault(p => p.Key.Value == platform)?.Name ?? Text["AskAboutAll"];

    private async Task SendAsync()
    {
        _refusal = await Send(Draft);
        if (_refusal is QuestionMissing or TextTooLong)
        {
            var words = Words.For(_refusal, Catalog);
            _refusal = null;
            await _form.RefuseAsync(new InputRefused(new Dictionary<string, string> { [nameof(AnswerDraft.Text)] = words }));
        }
        else if (_refusal is null)
        {
            await _form.SavedAsync();
            Dialog.Close(DialogResult.Ok(true));
        }
    }
}
