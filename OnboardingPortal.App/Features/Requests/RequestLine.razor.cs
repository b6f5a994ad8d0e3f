using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Features.Requests;

public sealed partial class RequestLine
{
    private RequestLineView _line = null!;
    private string? _glow; // two take turns, so that each starts anew

    [Parameter, EditorRequired] public RequestLineView Line { get; set; } = null!;

    [Parameter, EditorRequired] public RowChanges Changes { get; set; } = null!;

    [Parameter] public bool IsSelected { get; set; }

    /// <summary>Whether the row came a moment ago.</summary>
    [Parameter] public bool IsNew { get; set; }

    /// <summary>The menu at the row's button; null while it is closed.</summary>
    [Parameter] public RenderFragment? Menu { get; set; }

    protected override object Shown => (_line, _glow, IsSelected, Menu);

    private string Look => _glow is null ? _line.Look : $"{_line.Look} {_glow}";

    protected override void OnInitialized()
    {
        _line = Line;
        if (IsNew) _glow = "glow-a";
        Changes.Add(Line.Key, Take);
        base.OnInitialized();
    }

    protected override void OnParametersSet() => _line = Line;

    private void Take(RequestLineView line)
    {
        _line = line;
        _glow = _glow == "glow-a" ? "glow-b" : "glow-a";
        StateHasChanged();
    }

    public void Dispose() => Changes.Remove(_line.Key, Take);
}
