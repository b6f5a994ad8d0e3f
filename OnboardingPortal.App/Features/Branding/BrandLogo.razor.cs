using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace OnboardingPortal.App.Features.Branding;

public sealed partial class BrandLogo
{
    private MudFileUpload<IBrowserFile> _upload = null!;
    private bool _isListening;

    /// <summary>Of the picture that is shown; null = there is none.</summary>
    [Parameter, EditorRequired] public string? Path { get; set; }

    /// <summary>Why the last file was refused.</summary>
    [Parameter] public string? Problem { get; set; }

    [Parameter, EditorRequired] public EventCallback<IBrowserFile> OnChoose { get; set; }

    [Parameter, EditorRequired] public EventCallback OnRemove { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await Task.Yield(); // the file field's script first: a file chosen before it listens would be lost; until then it has no name
        _isListening = true;
        StateHasChanged();
    }

    private async Task ChooseAsync(IBrowserFile? file)
    {
        if (file is null) return;
        await OnChoose.InvokeAsync(file);
        await _upload.ClearAsync(); // one field stays, ready for the same file once more
    }
}
