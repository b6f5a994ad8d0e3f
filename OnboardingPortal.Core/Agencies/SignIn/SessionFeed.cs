using System.Collections.Concurrent;
using System.Globalization;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Tells who holds circuits open that sessions of a user may have ended: they look which are still alive and end the others.
/// </summary>
public sealed class SessionFeed : INodeListener
{
    /// <summary>The channel of PostgreSQL's <c>NOTIFY</c>, whose payload is the user's number.</summary>
    internal const string Channel = "session_ended";

    private readonly ConcurrentDictionary<object, Action<AgencyUserId>> _watchers = new();

    string INodeListener.Channel => Channel;

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

    /// <summary>Tells the other nodes that sessions of a user may have ended, with the transaction that ends them.</summary>
    internal static Task AnnounceAsync(PortalDbContext db, AgencyUserId user, CancellationToken cancellationToken) =>
        db.NotifyAsync(Channel, user.ToString(), cancellationToken);

    void INodeListener.Hear(string payload)
    {
        // what this node said itself comes back, too, which ends nothing twice
        if (long.TryParse(payload, NumberStyles.None, CultureInfo.InvariantCulture, out var user)) Publish(AgencyUserId.From(user));
    }

    void INodeListener.HearAgain()
    {
        // sessions that ended meanwhile are found by the sweep
    }

    private sealed class Subscription(SessionFeed feed, object key) : IDisposable
    {
        public void Dispose() => feed._watchers.TryRemove(key, out _);
    }
}
