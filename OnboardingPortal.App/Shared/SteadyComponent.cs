using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Shared;

/// <summary>A part of a live page that renders only when what it shows is another, however often the page around it renders.</summary>
public abstract class SteadyComponent : ComponentBase
{
    private object? _last;

    /// <summary>All that decides how the part looks, with value equality.</summary>
    protected abstract object Shown { get; }

    protected override void OnInitialized() => _last = Shown;

    protected override bool ShouldRender()
    {
        var shown = Shown;
        if (shown.Equals(_last)) return false;
        _last = shown;
        return true;
    }
}
