using System.Globalization;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// Tells watchers of an agency which syncs changed: ids only, a hint to read again by <see cref="SyncService"/>, which knows who sees what.
/// A burst of changes of one sync is folded. Holds nothing for agencies that nobody watches.
/// </summary>
public sealed class SyncFeed : INodeListener
{
    private const string Channel = "sync_changed";
    private readonly Dictionary<AgencyId, Topic> _topics = []; // also the lock of what is in it

    string INodeListener.Channel => Channel;

    /// <summary>Watches the agency's syncs until disposed.</summary>
    /// <param name="caller">Who watches.</param>
    /// <param name="changed">Called on a pool thread in the subscriber's culture with the sync that changed, made or deleted ones too; null
    /// when any may have changed. Must return quickly and not throw.</param>
    public IDisposable Subscribe(AgencyCaller caller, Action<AudienceSyncId?> changed)
    {
        var (culture, language) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        lock (_topics)
        {
            if (!_topics.TryGetValue(caller.Agency, out var topic)) _topics[caller.Agency] = topic = new Topic();
            topic.Watchers.Add(InOwnCulture);
        }

        return new Subscription(this, caller.Agency, InOwnCulture);

        void InOwnCulture(AudienceSyncId? sync)
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language); // the pool thread's is the server's
            changed(sync);
        }
    }

    /// <summary>Announces a change on this node and to the others. Call it after the commit, never before.</summary>
    internal async Task PublishAsync(PortalDbContext db, AgencyId agency, AudienceSyncId sync, CancellationToken cancellationToken)
    {
        Publish(agency, sync);
        await db.NotifyAsync(
            Channel, new RequestAnnouncement(RequestAnnouncement.ThisNode, agency, RequestId.From(sync.Value)).ToString(),
            cancellationToken);
    }

    /// <summary>Announces a change on this node alone; returns at once.</summary>
    internal void Publish(AgencyId agency, AudienceSyncId? sync)
    {
        Topic? topic;
        lock (_topics)
        {
            if (!_topics.TryGetValue(agency, out topic)) return;
            if (sync is { } one) topic.Changed.Add(one);
            else topic.IsUnknown = true;
            if (topic.IsRunning) return;
            topic.IsRunning = true;
        }

        _ = Task.Run(() => Tell(topic));
    }

    void INodeListener.Hear(string payload)
    {
        if (RequestAnnouncement.Parse(payload) is { } told && told.Node != RequestAnnouncement.ThisNode)
            Publish(told.Agency, AudienceSyncId.From(told.Request.Value));
    }

    void INodeListener.HearAgain()
    {
        AgencyId[] watched;
        lock (_topics) watched = [.. _topics.Keys];
        foreach (var agency in watched) Publish(agency, null);
    }

    private void Tell(Topic topic)
    {
        while (true)
        {
            AudienceSyncId?[] changed;
            Action<AudienceSyncId?>[] watchers;
            lock (_topics)
            {
                watchers = [.. topic.Watchers];
                changed = topic.IsUnknown ? [null] : [.. topic.Changed.Select(sync => (AudienceSyncId?)sync)];
                topic.Changed.Clear();
                topic.IsUnknown = false;
                if (changed.Length == 0 || watchers.Length == 0)
                {
                    topic.IsRunning = false;
                    return;
                }
            }

            foreach (var sync in changed)
            {
                foreach (var watcher in watchers) watcher(sync);
            }
        }
    }

    private void End(AgencyId agency, Action<AudienceSyncId?> changed)
    {
        lock (_topics)
        {
            if (!_topics.TryGetValue(agency, out var topic)) return; // disposed a second time
            topic.Watchers.Remove(changed);
            if (topic.Watchers.Count == 0) _topics.Remove(agency);
        }
    }

    private sealed class Topic
    {
        public List<Action<AudienceSyncId?>> Watchers { get; } = [];

        public HashSet<AudienceSyncId> Changed { get; } = [];

        public bool IsUnknown { get; set; }

        public bool IsRunning { get; set; }
    }

    private sealed class Subscription(SyncFeed feed, AgencyId agency, Action<AudienceSyncId?> changed) : IDisposable
    {
        public void Dispose() => feed.End(agency, changed);
    }
}
