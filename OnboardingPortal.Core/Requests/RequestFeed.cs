using System.Globalization;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>A request changed.</summary>
/// <param name="Id">The request.</param>
/// <param name="Row">As the table shows it now, read once for all watchers; null when it is deleted.</param>
public sealed record RequestChanged(RequestId Id, RequestRow? Row)
{
    /// <summary>It is not known what changed, since this node heard nothing for a while: every page that watches reads again.</summary>
    internal static readonly RequestChanged Unknown = new(RequestId.None, null);

    /// <summary>Whether any request may have changed; <see cref="Id"/> and <see cref="Row"/> say nothing then.</summary>
    public bool IsUnknown => Id == RequestId.None;
}

/// <summary>
/// Tells watchers of an agency which requests changed, after the commit. A burst of changes of one request is folded into one reading;
/// the reading is shared by all watchers. Holds nothing for agencies that nobody watches.
/// </summary>
public sealed partial class RequestFeed(RequestTable table, ILogger<RequestFeed> logger) : INodeListener, IMailWatchers
{
    private readonly Dictionary<AgencyId, Topic> _topics = []; // also the lock of what is in it

    string INodeListener.Channel => RequestAnnouncement.Channel;

    /// <summary>How many agencies are watched.</summary>
    internal int Watched
    {
        get
        {
            lock (_topics) return _topics.Count;
        }
    }

    /// <summary>Announces a change. Call it after the commit, never before; returns at once.</summary>
    public void Publish(AgencyId agency, RequestId request)
    {
        Topic? topic;
        lock (_topics)
        {
            if (!_topics.TryGetValue(agency, out topic)) return;
            topic.Changed.Add(request);
            if (topic.Running) return;
            topic.Running = true;
        }

        _ = Task.Run(() => TellAsync(agency, topic));
    }

    /// <summary>
    /// Watches the agency's requests until disposed. One that the user does not see, by the agency's rule at that moment, counts as
    /// deleted.
    /// </summary>
    /// <param name="caller">Who watches.</param>
    /// <param name="changed">Called on a pool thread in the subscriber's culture, once a change; must return quickly and not throw.</param>
    public IDisposable Subscribe(AgencyCaller caller, Action<RequestChanged> changed) => Subscribe(
        caller.Agency,
        (news, visibility) =>
            changed(visibility == RequestVisibility.OnlyRequester && news.Row?.RequesterId != caller.User
                ? news with { Row = null }
                : news));

    /// <summary>Watches a client's own request until disposed.</summary>
    /// <param name="caller">Who watches.</param>
    /// <param name="changed">As above.</param>
    public IDisposable Subscribe(ClientCaller caller, Action<RequestChanged> changed) => Subscribe(caller.Agency, (news, _) =>
    {
        if (news.Id == caller.Request || news.IsUnknown) changed(news);
    });

    /// <summary>Lets all watchers look again once: this node heard nothing of other nodes for a while. Returns at once.</summary>
    internal void LookAgain()
    {
        AgencyId[] watched;
        lock (_topics) watched = [.. _topics.Keys];
        foreach (var agency in watched) Publish(agency, RequestId.None);
    }

    void INodeListener.Hear(string payload)
    {
        if (RequestAnnouncement.Parse(payload) is { } told && told.Node != RequestAnnouncement.ThisNode) Publish(told.Agency, told.Request);
    }

    void INodeListener.HearAgain() => LookAgain();

    Task IMailWatchers.AnnounceAsync(PortalDbContext db, AgencyId agency, RequestId request, CancellationToken cancellationToken) =>
        db.AnnounceAsync(agency, request, cancellationToken);

    private Subscription Subscribe(AgencyId agency, Action<RequestChanged, RequestVisibility> changed)
    {
        var culture = CultureInfo.CurrentCulture;
        var language = CultureInfo.CurrentUICulture;
        lock (_topics)
        {
            if (!_topics.TryGetValue(agency, out var topic)) _topics[agency] = topic = new Topic();
            topic.Watchers.Add(InOwnCulture);
        }

        return new Subscription(this, agency, InOwnCulture);

        void InOwnCulture(RequestChanged news, RequestVisibility visibility)
        {
            // the pool thread's is the server's
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = language;
            changed(news, visibility);
        }
    }

    private async Task TellAsync(AgencyId agency, Topic topic)
    {
        while (true)
        {
            RequestId[] changed;
            lock (_topics)
            {
                changed = topic.Watchers.Count == 0 ? [] : [.. topic.Changed];
                topic.Changed.Clear();
                if (changed.Length == 0)
                {
                    topic.Running = false;
                    return;
                }
            }

            foreach (var id in changed)
            {
                try
                {
                    var news = id == RequestId.None
                        ? RequestChanged.Unknown
                        : new RequestChanged(id, await table.FindAsync(new RequestScope(agency, null), id, CancellationToken.None));
                    var visibility = await table.VisibilityAsync(agency, CancellationToken.None);
                    Action<RequestChanged, RequestVisibility>[] watchers;
                    lock (_topics) watchers = [.. topic.Watchers];
                    foreach (var watcher in watchers) watcher(news, visibility);
                }
                catch (Exception exception)
                {
                    // the next change of the request, or a reload, shows it
                    if (!DatabaseTrouble.IsLogged(exception)) LogNotTold(exception, id);
                }
            }
        }
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Error, Message = "Watchers could not be told that request {RequestId} changed")]
    private partial void LogNotTold(Exception exception, RequestId requestId);

    private sealed class Topic
    {
        public List<Action<RequestChanged, RequestVisibility>> Watchers { get; } = [];

        public HashSet<RequestId> Changed { get; } = [];

        public bool Running { get; set; }
    }

    private void End(AgencyId agency, Action<RequestChanged, RequestVisibility> changed)
    {
        lock (_topics)
        {
            if (!_topics.TryGetValue(agency, out var topic)) return; // disposed a second time
            topic.Watchers.Remove(changed);
            if (topic.Watchers.Count == 0) _topics.Remove(agency);
        }
    }

    private sealed class Subscription(RequestFeed feed, AgencyId agency, Action<RequestChanged, RequestVisibility> changed) : IDisposable
    {
        public void Dispose() => feed.End(agency, changed);
    }
}
