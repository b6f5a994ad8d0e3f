using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace OnboardingPortal.App.Features.Wizard.Parts;

public sealed partial class ActionButton
{
    private MudButton _button = null!;
    private bool _isRunning;

    [Parameter, EditorRequired] public required string Caption { get; set; }

    [Parameter, EditorRequired] public EventCallback Press { get; set; }

    /// <summary>The accessible name, where several buttons have one caption; starts with the caption.</summary>
    [Parameter] public string? Label { get; set; }

    [Parameter] public ActionKind Kind { get; set; }

    [Parameter] public bool IsLarge { get; set; }

    /// <summary>Whether it opens a dialog, which gives the focus back to it.</summary>
    [Parameter] public bool Asks { get; set; }

    /// <summary>Whether it takes the focus when it appears.</summary>
    [Parameter] public bool Focus { get; set; }

    private string? Busy => _isRunning && !Asks ? "true" : null;

    private Variant Look => Kind switch
    {
        ActionKind.Primary => Variant.Filled,
        ActionKind.Second => Variant.Outlined,
        _ => Variant.Text,
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Focus) await _button.FocusAsync();
    }

    private async Task PressAsync()
    {
        if (_isRunning) return;
        _isRunning = true;
        try
        {
            await Press.InvokeAsync();
        }
        finally
        {
            _isRunning = false;
        }
    }
}
