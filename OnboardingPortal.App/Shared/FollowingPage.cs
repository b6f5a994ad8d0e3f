using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Shared;

/// <summary>A page of the agency that reads anew as soon as one of its requests changes. A burst of changes costs two readings.</summary>
public abstract class FollowingPage(PortalPageServices services, RequestFeed feed) : PortalPage(services)
{
    private IDisposable? _subscription;
    private bool _isStale;
    private bool _isReading;

    /// <summary>Reads all that the page shows.</summary>
    protected abstract Task ReadAsync(AgencyCaller caller);

    /// <summary>Takes what a change brings with it, before the page reads.</summary>
    protected virtual void Take(RequestChanged change)
    {
    }

    protected sealed override async Task LoadAsync(AgencyCaller caller)
    {
        // Before the first reading, so that no change falls between the two.
        _subscription ??= feed.Subscribe(caller, change => _ = InvokeAsync(() => FollowAsync(change)));
        _isStale = true;
        if (_isReading) return; // anybody who reads goes round once more
        _isReading = true;
        try
        {
            while (_isStale)
            {
                _isStale = false;
                await ReadAsync(caller);
            }
        }
        finally
        {
            _isReading = false;
        }
    }

    private async Task FollowAsync(RequestChanged change)
    {
        if (_subscription is null) return; // left in the meantime
        Take(change);
        await TryAsync(LoadAsync);
        StateHasChanged();
    }

    protected override void Dispose(bool disposing)
    {
        _subscription?.Dispose();
        _subscription = null;
        base.Dispose(disposing);
    }
}
