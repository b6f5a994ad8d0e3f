using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OnboardingPortal.App.Shared;

/// <summary>Does something once the content around it is on the screen; shows nothing itself.</summary>
public sealed class AfterShown : ComponentBase
{
    [Parameter, EditorRequired] public Func<Task> Do { get; set; } = null!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender) await Do();
        }
        catch (JSDisconnectedException)
        {
            // The person has left meanwhile.
        }
    }
}
