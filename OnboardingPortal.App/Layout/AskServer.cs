using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Layout;

/// <summary>Loads the address from the server, which knows where somebody goes who may not see the page.</summary>
public sealed class AskServer(NavigationManager navigation) : ComponentBase
{
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive) navigation.NavigateTo(navigation.Uri, forceLoad: true);
    }
}
