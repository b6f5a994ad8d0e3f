using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// A button in a row of the table was pressed. One handler serves the whole table; <c>portal.js</c> says which button it was.
/// </summary>
public sealed class RowActionEventArgs : EventArgs
{
    /// <summary><c>menu</c>, <c>select</c> or <c>problem</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The row's <see cref="RequestLineView.Key"/>.</summary>
    public string Id { get; set; } = "";

    /// <summary>The platform's key; empty but for a problem.</summary>
    public string Platform { get; set; } = "";

    /// <summary>Whether the box is ticked now.</summary>
    public bool On { get; set; }
}

/// <summary>Makes the event of <c>portal.js</c> known to Razor.</summary>
[EventHandler("onrowaction", typeof(RowActionEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;
