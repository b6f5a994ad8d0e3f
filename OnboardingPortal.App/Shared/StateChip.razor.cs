using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace OnboardingPortal.App.Shared;

public sealed partial class StateChip
{
    private const string Tick =
        "M12 2C6.5 2 2 6.5 2 12s4.5 10 10 10 10-4.500 10-10S17.500 2 12 2zm-2 15-5-5 1.400-1.400L10 14.200l7.600-7.600L19 8z";
    private const string Clock = "M12 2C6.500 2 2 6.500 2 12s4.500 10 10 10 10-4.500 10-10S17.500 2 12 2zm0 18a8 8 0 1 1 0-16 8 8 0 0 "
        + "1 0 16zm.500-13H11v6l5.200 3.200.800-1.300-4.500-2.700z";
    private const string Warning = "M1 21h22L12 2zm12-3h-2v-2h2zm0-4h-2v-4h2z";
    private const string Cross = "M12 2C6.500 2 2 6.500 2 12s4.500 10 10 10 10-4.500 10-10S17.500 2 12 2zm5 13.600L15.600 17 12 "
        + "13.400 8.400 17 7 15.600l3.600-3.600L7 8.400 8.400 7l3.600 3.600L15.600 7 17 8.400 13.400 12z";
    private const string Ring =
        "M12 2C6.500 2 2 6.500 2 12s4.500 10 10 10 10-4.500 10-10S17.500 2 12 2zm0 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16z";

    /// <summary>Success, info, warning, error; every other colour is neutral.</summary>
    [Parameter, EditorRequired] public Color Color { get; set; }

    [Parameter, EditorRequired] public string Word { get; set; } = "";

    private string Look => Color switch
    {
        Color.Success => "success",
        Color.Info => "info",
        Color.Warning => "warning",
        Color.Error => "error",
        _ => "default",
    };

    private string Glyph => Color switch
    {
        Color.Success => Tick,
        Color.Info => Clock,
        Color.Warning => Warning,
        Color.Error => Cross,
        _ => Ring,
    };
}
