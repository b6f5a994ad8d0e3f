using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Shared;

/// <summary>
/// The one place where pages say how an action went; <see cref="NoticeRegion"/> shows it. A notice goes with the page it was told on, or is
/// kept for the page that the action leads to.
/// </summary>
public sealed class NoticeBoard : IDisposable
{
    private readonly NavigationManager _navigation;
    private string _path;
    private Notice? _next;

    public NoticeBoard(NavigationManager navigation)
    {
        _navigation = navigation;
        _path = PathOf(navigation.Uri);
        navigation.LocationChanged += OnLocationChanged;
    }

    /// <summary>Raised when <see cref="Shown"/> changed.</summary>
    public event Action? Changed;

    /// <summary>What is told now; null = nothing.</summary>
    public Notice? Shown { get; private set; }

    /// <summary>Tells it now; null takes away what is told.</summary>
    public void Show(Notice? notice)
    {
        Shown = notice;
        Changed?.Invoke();
    }

    /// <summary>Tells it on the page that is shown next.</summary>
    public void ShowNext(Notice notice) => _next = notice;

    public void Dispose() => _navigation.LocationChanged -= OnLocationChanged;

    private static string PathOf(string address) => new Uri(address).AbsolutePath;

    private void OnLocationChanged(object? sender, Microsoft.AspNetCore.Components.Routing.LocationChangedEventArgs change)
    {
        var path = PathOf(change.Location);
        if (path == _path) return; // another filter or page of the same list
        _path = path;
        var next = _next;
        _next = null;
        if (next is not null || Shown is not null) Show(next);
    }
}
