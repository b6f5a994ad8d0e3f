using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>A button in a line of the table was pressed. One handler serves the whole table; <c>portal.js</c> says which button it was.</summary>
public sealed class RowActionEventArgs : EventArgs
{
    /// <summary><c>menu</c> or <c>problem</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The request's id. Text, since a number of JavaScript holds 53 bits only.</summary>
    public string Id { get; set; } = "";

    /// <summary>The platform's key; empty for the menu.</summary>
    public string Platform { get; set; } = "";
}

/// <summary>Makes the events of <c>portal.js</c> known to Razor.</summary>
[EventHandler("onrowaction", typeof(RowActionEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
[EventHandler("onmenuclose", typeof(EventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;
