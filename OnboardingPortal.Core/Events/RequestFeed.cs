using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Events;

/// <summary>A request changed.</summary>
/// <param name="Id">Which.</param>
/// <param name="Row">As the table shows it now, read once for all watchers; null when it is deleted.</param>
public sealed record RequestChanged(RequestId Id, RequestRow? Row)
{
    /// <summary>What changed is not known, since this node heard nothing for a while: whoever watches looks again.</summary>
    internal static readonly RequestChanged Unknown = new(default, null);

    /// <summary>Whether any request may have changed; <see cref="Id"/> and <see cref="Row"/> say nothing then.</summary>
    public bool IsUnknown => Id == default;
}

/// <summary>
/// Tells watchers of an agency which requests changed, after the commit. A burst of changes of one request is folded into one reading;
/// the reading is shared by all watchers. Holds nothing for agencies that nobody watches.
/// </summary>
public sealed partial class RequestFeed(RequestTable table, ILogger<RequestFeed> logger)
{
    private readonly ConcurrentDictionary<AgencyId, Topic> _topics = new();

    /// <summary>Announces a change. Call it after the commit, never before; returns at once.</summary>
    public void Publish(AgencyId agency, RequestId request)
    {
        if (!_topics.TryGetValue(agency, out var topic)) return;
        lock (topic)
        {
            if (topic.Watchers.Count == 0) return;
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
        foreach (var agency in _topics.Keys) Publish(agency, default);
    }

    private Subscription Subscribe(AgencyId agency, Action<RequestChanged, RequestVisibility> changed)
    {
        var (culture, language) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var topic = _topics.GetOrAdd(agency, _ => new Topic());
        lock (topic) topic.Watchers.Add(InOwnCulture);
        return new Subscription(topic, InOwnCulture);

        void InOwnCulture(RequestChanged news, RequestVisibility visibility)
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language); // the pool thread's is the server's
            changed(news, visibility);
        }
    }

    private async Task TellAsync(AgencyId agency, Topic topic)
    {
        while (true)
        {
            RequestId[] changed;
            lock (topic)
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
                    var news = id == default
                        ? RequestChanged.Unknown
                        : new RequestChanged(id, await table.FindAsync(new RequestScope(agency, null), id, CancellationToken.None));
                    var visibility = await table.VisibilityAsync(agency, CancellationToken.None);
                    Action<RequestChanged, RequestVisibility>[] watchers;
                    lock (topic) watchers = [.. topic.Watchers];
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

    private sealed class Subscription(Topic topic, Action<RequestChanged, RequestVisibility> changed) : IDisposable
    {
        public void Dispose()
        {
            lock (topic) topic.Watchers.Remove(changed);
        }
    }
}
