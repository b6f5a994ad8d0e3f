using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace OnboardingPortal.App.Shared;

public sealed partial class PressMenu
{
    private readonly string _id = $"menu-{Guid.NewGuid():N}";
    private bool _isOpen;
    private int _openings;

    /// <summary>The button's accessible name, such as "Actions for client@example.test".</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string Icon { get; set; } = Icons.Material.Outlined.MoreHoriz;

    /// <summary>What the button shows instead of <see cref="Icon"/>.</summary>
    [Parameter] public RenderFragment? Caption { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>The menu's items.</summary>
    [Parameter, EditorRequired] public RenderFragment? ChildContent { get; set; }

    private string Expanded => _isOpen ? "true" : "false";

    private void Open()
    {
        _openings++; // the one before may still be closing
        _isOpen = true;
    }

    private async Task CloseAsync(int opening)
    {
        if (opening != _openings) return;
        _isOpen = false;
        await Script.InvokeVoidAsync("portal.returnFocus", _id);
    }
}
