using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Shared;

/// <summary>Does something once the content around it is on the screen; shows nothing itself.</summary>
public sealed class AfterShown : ComponentBase
{
    [Parameter, EditorRequired] public Func<Task> Do { get; set; } = null!;

    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? Do() : Task.CompletedTask;
}
