using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.DataSync;

namespace OnboardingPortal.App.Features.DataSync;

public sealed partial class DeleteSyncDialog
{
    private bool _withAudience;
    private bool _isRunning;
    private PortalError? _refusal;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public SyncLine Line { get; set; } = null!;

    /// <summary>Whether deleting the audience is chosen at first.</summary>
    [Parameter] public bool StartsWithAudience { get; set; }

    /// <summary>Deletes, with the audience or without; gives back why not, null = it is deleted.</summary>
    [Parameter, EditorRequired] public Func<bool, Task<PortalError?>> Delete { get; set; } = null!;

    protected override void OnInitialized() => _withAudience = StartsWithAudience;

    private async Task DeleteAsync()
    {
        if (_isRunning) return;
        _isRunning = true;
        _refusal = await Delete(_withAudience);
        _isRunning = false;
        if (_refusal is null) Dialog.Close();
    }
}
