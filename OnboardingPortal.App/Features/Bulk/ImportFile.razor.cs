using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace OnboardingPortal.App.Features.Bulk;

public sealed partial class ImportFile
{
    private bool _isDragging;
    private bool _isListening;

    [Parameter] public bool IsBusy { get; set; }

    /// <summary>Why the last file was refused.</summary>
    [Parameter] public string? Problem { get; set; }

    [Parameter, EditorRequired] public EventCallback<IBrowserFile> OnChoose { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await Task.Yield(); // the field's script first: a file given to it before it listens would be lost, so until then it has no name
        _isListening = true;
        StateHasChanged();
    }
}
