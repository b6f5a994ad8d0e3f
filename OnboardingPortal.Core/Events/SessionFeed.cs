using System.Collections.Concurrent;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Core.Events;

/// <summary>
/// Tells who holds circuits open that sessions of a user may have ended: they look which are still alive and end the others.
/// </summary>
public sealed class SessionFeed
{
    /// <summary>The channel of PostgreSQL's <c>NOTIFY</c>, whose payload is the user's number.</summary>
    internal const string Channel = "session_ended";

    private readonly ConcurrentDictionary<object, Action<AgencyUserId>> _watchers = new();

    /// <summary>Announces a change, after the commit.</summary>
    public void Publish(AgencyUserId user)
    {
        foreach (var watcher in _watchers.Values) watcher(user);
    }

    /// <summary>Listens until disposed.</summary>
    /// <param name="changed">Called on the publisher's thread; must return quickly and not throw.</param>
    public IDisposable Subscribe(Action<AgencyUserId> changed)
    {
        var key = new object();
        _watchers[key] = changed;
        return new Subscription(this, key);
    }

    private sealed class Subscription(SessionFeed feed, object key) : IDisposable
    {
        public void Dispose() => feed._watchers.TryRemove(key, out _);
    }
}
