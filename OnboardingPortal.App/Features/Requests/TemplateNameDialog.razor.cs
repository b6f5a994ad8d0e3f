using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace OnboardingPortal.App.Features.Requests;

public sealed partial class TemplateNameDialog
{
    private string _name = "";
    private string? _refusal;
    private bool _isBusy;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Saves under the name that is typed; returns why it is refused, or null.</summary>
    [Parameter, EditorRequired] public Func<string, Task<string?>> OnSave { get; set; } = null!;

    private async Task SaveAsync()
    {
        if (_isBusy) return;
        _isBusy = true;
        _refusal = await OnSave(_name);
        _isBusy = false;
        if (_refusal is null) Dialog.Close();
    }
}
