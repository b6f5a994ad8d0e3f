using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;

namespace OnboardingPortal.App.Features.Account;

public sealed partial class PasskeyNameDialog
{
    private readonly PasskeyDraft _draft = new();
    private PortalForm<PasskeyDraft> _form = null!;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>Gives the passkey the name; returns what is wrong with it in words, or null.</summary>
    [Parameter, EditorRequired] public Func<string, Task<string?>> Save { get; set; } = null!;

    protected override void OnInitialized() => _draft.Name = Name;

    private async Task SaveAsync()
    {
        if (await Save(_draft.Name) is { } problem)
            await _form.RefuseAsync(new InputRefused(new Dictionary<string, string> { [nameof(PasskeyDraft.Name)] = problem }));
        else Dialog.Close();
    }
}
