using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Shared;

/// <summary>A page of the agency that reads anew as soon as one of its requests changes. A burst of changes costs two readings.</summary>
public abstract class FollowingPage(PortalPageServices services, RequestFeed feed) : FollowingPage<RequestChanged>(services)
{
    protected sealed override IDisposable Subscribe(AgencyCaller caller, Action<RequestChanged> changed) => feed.Subscribe(caller, changed);
}

/// <summary>A page of the agency that reads anew as soon as a feed tells of a change. A burst of changes costs two readings.</summary>
/// <typeparam name="TChange">What the feed tells.</typeparam>
public abstract class FollowingPage<TChange>(PortalPageServices services) : PortalPage(services)
{
    private IDisposable? _subscription;
    private bool _isStale;
    private bool _isReading;

    /// <summary>Reads all that the page shows.</summary>
    protected abstract Task ReadAsync(AgencyCaller caller);

    /// <summary>Watches the feed; <paramref name="changed"/> may be called on any thread.</summary>
    protected abstract IDisposable Subscribe(AgencyCaller caller, Action<TChange> changed);

    /// <summary>Takes what a change brings with it, before the page reads.</summary>
    protected virtual void Take(TChange change)
    {
    }

    protected sealed override async Task LoadAsync(AgencyCaller caller)
    {
        // Before the first reading, so that no change falls between the two.
        _subscription ??= Subscribe(caller, change => _ = InvokeAsync(() => FollowAsync(change)));
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

    private async Task FollowAsync(TChange change)
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
