using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Shared;

public sealed partial class PlainField
{
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>Under which the form sends it; null = <see cref="Id"/>.</summary>
    [Parameter] public string? Name { get; set; }

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string Type { get; set; } = "text";

    [Parameter] public string? Value { get; set; }

    [Parameter] public string? Hint { get; set; }

    [Parameter] public string? Problem { get; set; }

    [Parameter] public string? AutoComplete { get; set; }

    [Parameter] public string? InputMode { get; set; }

    [Parameter] public int MaxLength { get; set; } = 200;

    /// <summary>How many lines are seen of a text of several.</summary>
    [Parameter] public int Lines { get; set; } = 1;

    /// <summary>Whether it is there to be read and copied.</summary>
    [Parameter] public bool IsReadOnly { get; set; }

    /// <summary>Whether the page opens with the focus here.</summary>
    [Parameter] public bool Focus { get; set; }
}
