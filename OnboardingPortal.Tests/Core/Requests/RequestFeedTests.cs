using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

public abstract class RequestFeedTests(DatabaseProvider database) : PortalTest(database)
{
    protected RequestFeed Feed => Portal.Get<RequestFeed>();

    [Fact]
    public async Task A_watcher_is_told_of_a_change_with_the_row_as_it_is_now()
    {
        var request = await ARequest().SentAsync();
        using var watcher = new Watcher(Feed, Owner);

        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));

        var news = await watcher.UntilAsync(n => n.Row?.StoredStatus == RequestStatus.Connected);
        Assert.Equal((request.Id, "The baker"), (news.Id, news.Row!.CompletedByName));
    }

    [Fact]
    public async Task A_watcher_is_told_in_the_language_it_subscribed_in()
    {
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        using var watching = Feed.Subscribe(Owner, _ => heard.TrySetResult(CultureInfo.CurrentUICulture.Name));
        CultureInfo.CurrentUICulture = before;

        await ARequest().DraftAsync();

        Assert.Equal("de", await heard.Task.WaitAsync(Cancel));
    }

    [Fact]
    public async Task A_deleted_request_is_told_without_a_row()
    {
        var request = await ARequest().SentAsync();
        using var watcher = new Watcher(Feed, Owner);

        Value(await Requests.DeleteAsync(Owner, request.Id, Cancel));

        Assert.Equal(new RequestChanged(request.Id, null), await watcher.UntilAsync(_ => true));
    }

    [Fact]
    public void An_agency_that_nobody_watches_any_more_is_forgotten()
    {
        var (first, second) = (Feed.Subscribe(Owner, _ => { }), Feed.Subscribe(Owner, _ => { }));
        first.Dispose();
        first.Dispose();
        Assert.Equal(1, Feed.Watched);

        second.Dispose();
        Assert.Equal(0, Feed.Watched);
    }

    [Fact]
    public async Task A_watcher_of_another_agency_hears_nothing()
    {
        using var stranger = new Watcher(Feed, Stranger);
        using var watcher = new Watcher(Feed, Owner);

        var request = await ARequest().DraftAsync();

        await watcher.UntilAsync(n => n.Id == request.Id);
        Assert.Empty(stranger.Heard);
    }

    [Fact]
    public async Task A_burst_of_changes_is_folded_and_read_once_for_all_watchers()
    {
        var request = await ARequest().DraftAsync();
        using var gate = new SemaphoreSlim(0);
        var held = new TaskCompletionSource();
        using var holding = Feed.Subscribe(Owner, _ => // holds the feed while the burst arrives
        {
            held.TrySetResult();
            gate.Wait(Cancel);
        });
        using var one = new Watcher(Feed, Owner);
        using var two = new Watcher(Feed, Owner);
        Feed.Publish(Owner.Agency, request.Id);
        await held.Task.WaitAsync(Cancel);

        for (var i = 0; i < 100; i++) Feed.Publish(Owner.Agency, request.Id);
        gate.Release(100);
        await two.UntilAsync(_ => two.Heard.Count == 2);

        Assert.Equal((2, 2), (one.Heard.Count, two.Heard.Count));
        Assert.Same(one.Heard.Last().Row, two.Heard.Last().Row);
    }

    [Fact]
    public async Task Who_left_hears_nothing_and_changes_that_nobody_watched_are_not_told_later()
    {
        var (one, two) = (await ARequest().DraftAsync(), await ARequest().DraftAsync());
        new Watcher(Feed, Owner).Dispose();
        Feed.Publish(Owner.Agency, one.Id);

        using var watcher = new Watcher(Feed, Owner);
        Feed.Publish(Owner.Agency, two.Id);
        await watcher.UntilAsync(n => n.Id == two.Id);

        Assert.Equal([two.Id], watcher.Heard.Select(n => n.Id));
    }

    [Fact]
    public async Task A_watcher_that_throws_is_logged_and_the_next_change_is_told_again()
    {
        var request = await ARequest().DraftAsync();
        var first = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        using var failing = Feed.Subscribe(Owner, _ =>
        {
            if (!first.TrySetResult()) told.TrySetResult();
            else throw new InvalidOperationException("gone");
        });

        Feed.Publish(Owner.Agency, request.Id);
        await first.Task.WaitAsync(Cancel);
        Feed.Publish(Owner.Agency, request.Id);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Contains(Portal.Logs.Lines, l => l.StartsWith("Error 1101", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_watcher_nothing_is_read()
    {
        var reads = 0;
        var counted = new RequestTable(new PortalDbContextFactory(() =>
        {
            reads++;
            throw new InvalidOperationException("Nobody watches.");
        }));
        var feed = new RequestFeed(counted, Portal.Get<ILogger<RequestFeed>>());
        using var elsewhere = feed.Subscribe(Stranger, _ => { });

        for (var i = 0; i < 10; i++) feed.Publish(Owner.Agency, RequestId.New(Clock));
        feed.Publish(Stranger.Agency, RequestId.New(Clock));
        await UntilAsync(() => Volatile.Read(ref reads) > 0);

        Assert.Equal(1, reads);
    }

    protected sealed class Watcher : IDisposable
    {
        private readonly IDisposable _subscription;
        private readonly SemaphoreSlim _heard = new(0);

        public Watcher(RequestFeed feed, AgencyCaller caller) => _subscription = feed.Subscribe(caller, news =>
        {
            Heard.Enqueue(news);
            _heard.Release();
        });

        public ConcurrentQueue<RequestChanged> Heard { get; } = new();

        public async Task<RequestChanged> UntilAsync(Func<RequestChanged, bool> wanted)
        {
            while (Heard.FirstOrDefault(wanted) is null)
                Assert.True(await _heard.WaitAsync(TimeSpan.FromSeconds(30), Cancel), "Nothing was told.");
            return Heard.First(wanted);
        }

        public void Dispose()
        {
            _subscription.Dispose();
            _heard.Dispose();
        }
    }
}

public sealed class RequestFeedTestsOnSqlite() : RequestFeedTests(DatabaseProvider.Sqlite);

public sealed class RequestFeedTestsOnPostgres() : RequestFeedTests(DatabaseProvider.Postgres)
{
    [Fact]
    public async Task A_change_that_another_node_made_is_told_here_and_nonsense_on_the_channel_is_not()
    {
        var request = await ARequest().DraftAsync();
        using var listener = new PostgresFeed(
            Portal.Contexts, Portal.Get<IEnumerable<INodeListener>>(), Portal.Get<DatabaseState>(), Clock);
        await listener.StartAsync(Cancel);
        await listener.Listening.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        using var watcher = new Watcher(Feed, Owner);

        await using var db = Portal.Contexts.CreateForSystem();
        foreach (var payload in new[]
        {
            "", "nonsense", "1 2 3", $"{Guid.NewGuid()} -1 x", new RequestAnnouncement(Guid.NewGuid(), Owner.Agency, request.Id).ToString()
        })
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({RequestAnnouncement.Channel}, {payload})", Cancel);
        }

        await watcher.UntilAsync(n => n.Id == request.Id);
        Assert.Single(watcher.Heard);
        await listener.StopAsync(Cancel);
    }

    [Fact]
    public async Task Whoever_watches_looks_again_once_after_this_node_heard_nothing_for_a_while()
    {
        var request = await ARequest().DraftAsync();
        var baker = await AParticipant(await ARequest().SentAsync());
        using var listener = new PostgresFeed(
            Portal.Contexts, Portal.Get<IEnumerable<INodeListener>>(), Portal.Get<DatabaseState>(), Clock);
        await listener.StartAsync(Cancel);
        await listener.Listening.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        using var watcher = new Watcher(Feed, Owner);
        var client = new TaskCompletionSource<RequestChanged>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = Feed.Subscribe(baker, client.SetResult);

        var pauses = Clock.Waits.Count;
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Database.ExecuteSqlAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
                Cancel);
            var told = new RequestAnnouncement(Guid.NewGuid(), Owner.Agency, request.Id).ToString(); // nobody listens here
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({RequestAnnouncement.Channel}, {told})", Cancel);
        }

        await UntilAsync(() => Clock.Waits.Count > pauses); // it notices, and waits a moment
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True((await watcher.UntilAsync(n => n.IsUnknown)).IsUnknown);
        Assert.True((await client.Task.WaitAsync(Cancel)).IsUnknown);
        Assert.Single(watcher.Heard);
        await listener.StopAsync(Cancel);
    }

    [Fact]
    public async Task Another_node_is_told_with_the_transaction_and_of_nothing_that_was_refused()
    {
        var request = await ARequest().SentAsync();
        var heard = new ConcurrentQueue<string>();
        await using var connection = new NpgsqlConnection(Portal.Database.ConnectionString);
        connection.Notification += (_, notification) => heard.Enqueue(notification.Payload);
        await connection.OpenAsync(Cancel);
        await using (var listen = new NpgsqlCommand(
            $"LISTEN {RequestAnnouncement.Channel}", connection)) await listen.ExecuteNonQueryAsync(Cancel);

        Assert.False((await Requests.ResendAsync(Owner, request.Id, Cancel)).Succeeded); // a double click
        Assert.Null(await Links.OpenAsync(request.Token, null, Cancel));
        await connection.WaitAsync(Cancel);

        Assert.Equal(new RequestAnnouncement(RequestAnnouncement.ThisNode, Owner.Agency, request.Id).ToString(), Assert.Single(heard));
    }
}
