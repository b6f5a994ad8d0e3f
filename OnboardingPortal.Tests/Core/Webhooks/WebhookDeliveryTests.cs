using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Webhooks;

/// <summary>Real HTTP to a real server; only the clock stands in.</summary>
public abstract class WebhookDeliveryTests(DatabaseProvider database) : WebhookTest(database), IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _receiver = await WebhookReceiver.StartAsync(Cancel);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_receiver is not null) await _receiver.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task An_event_arrives_signed_and_exactly_as_it_is_kept()
    {
        var webhook = await AWebhook(_receiver, "request.completed", "request.sent");
        await ARequest().For("hello@größe.example").SentAsync();
        _receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 202, "thank <b>you</b>");
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await Deliveries.DeliverAsync(Cancel));
        Assert.Equal(0, await Deliveries.DeliverAsync(Cancel));

        var (call, kept) = (Assert.Single(_receiver.Calls), Assert.Single(await DeliveriesOf(webhook)));
        Assert.Equal(
            ("POST", "application/json", kept.MessageId, kept.Payload), (call.Method, call.Headers["content-type"], call.Id, call.Body));
        Assert.Equal(
            Clock.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), call.Headers["webhook-timestamp"]);
        Assert.Equal(1, call.SignaturesOf(webhook.Secret));
        Assert.DoesNotContain("traceparent", call.Headers.Keys);
        Assert.Equal(
            (WebhookDeliveryState.Delivered, 1, 202, "thank <b>you</b>", Clock.Now),
            (kept.State, kept.Attempts, kept.LastStatus, kept.LastAnswer, kept.LastAttemptAt));
        Assert.Equal(Clock.Now, (await SummaryOf(webhook)).LastSuccessAt);
        Assert.DoesNotContain(Portal.Logs.Lines, l => l.Contains(webhook.Secret[10..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        var webhook = await AWebhook(_receiver, "request.created");
        _receiver.Answer = (http, _) =>
        {
            http.Response.Redirect(new Uri(_receiver.Address, "/admin").AbsoluteUri, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        await ARequest().DraftAsync();

        Assert.Equal(0, await Deliveries.DeliverAsync(Cancel));

        Assert.Equal("/", Assert.Single(_receiver.Calls).Path);
        Assert.Equal(
            (WebhookDeliveryState.Queued, 307), (await DeliveriesOf(webhook))[0] is var kept ? (kept.State, kept.LastStatus) : default);
    }

    [Fact]
    public async Task An_endpoint_that_stalls_is_left_after_fifteen_seconds_and_holds_no_other_up()
    {
        await using var quick = await WebhookReceiver.StartAsync(Cancel);
        var (reached, arrived) = (new TaskCompletionSource(), new TaskCompletionSource());
        _receiver.Answer = (http, _) =>
        {
            reached.TrySetResult();
            return WebhookReceiver.StallAsync(http);
        };
        quick.Answer = (_, _) =>
        {
            arrived.TrySetResult();
            return Task.CompletedTask;
        };
        var slow = await AWebhook(_receiver, "request.created");
        await ARequest().DraftAsync();
        await ARequest().DraftAsync();
        var round = Deliveries.DeliverAsync(Cancel);
        await reached.Task.WaitAsync(Cancel);

        await AWebhook(quick, "request.created");
        await ARequest().DraftAsync(); // told while the other one stalls
        Clock.Advance(TimeSpan.FromSeconds(1));
        await arrived.Task.WaitAsync(Cancel);
        Assert.False(round.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(14));

        Assert.Equal(1, await round);
        var kept = await DeliveriesOf(slow);
        Assert.Equal((1, null, "No answer within 15 seconds."), (kept[0].Attempts, kept[0].LastStatus, kept[0].LastAnswer));
        // left alone for a while, without an attempt being counted
        Assert.All(kept.Skip(1), d => Assert.Equal((0, true), (d.Attempts, d.NextAttemptAt > Clock.Now)));
        Assert.Single(_receiver.Calls);
    }

    [Theory]
    [InlineData(200, WebhookDeliveryState.Delivered)]
    [InlineData(500, WebhookDeliveryState.Queued)]
    public async Task Of_an_answer_that_never_ends_only_the_beginning_is_read(int status, WebhookDeliveryState state)
    {
        var webhook = await AWebhook(_receiver, "request.created");
        _receiver.Answer = async (http, _) =>
        {
            http.Response.StatusCode = status;
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync(new string('x', 1000), http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        };
        await ARequest().DraftAsync();

        await Deliveries.DeliverAsync(Cancel);

        var kept = Assert.Single(await DeliveriesOf(webhook));
        Assert.Equal((state, status, WebhookDelivery.AnswerMaxLength), (kept.State, kept.LastStatus, kept.LastAnswer!.Length));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_by_now_is_not_connected_to()
    {
        // so that the port is free
        var here = new IPAddress([127, (byte)RandomNumberGenerator.GetInt32(1, 255), (byte)RandomNumberGenerator.GetInt32(255), 1]);
        using var inside = new TcpListener(here, 8443);
        inside.Start();
        var webhook = await AWebhook("https://hooks.bakery.example:8443/", null, "request.created");
        await ARequest().DraftAsync();
        foreach (var address in new[] { here.ToString(), "::1", "10.0.0.1", "169.254.169.254", "fd00:ec2::254" })
        {
            Portal.Names["hooks.bakery.example"] = [IPAddress.Parse("93.184.215.14"), IPAddress.Parse(address)];
            await Log.RedeliverAsync(Owner, (await DeliveriesOf(webhook))[0].Id, Cancel);
            Assert.Equal(0, await Deliveries.DeliverAsync(Cancel));
        }

        Assert.False(inside.Pending());
        var kept = Assert.Single(await DeliveriesOf(webhook));
        Assert.Equal((5, null, WebhookDeliveryState.Queued), (kept.Attempts, kept.LastStatus, kept.State));
        Assert.Contains("does not lead to a public address", kept.LastAnswer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_renewal_both_secrets_sign_for_a_day_and_then_the_new_one()
    {
        var old = await AWebhook(_receiver);
        var renewed = Value(await Webhooks.RenewSecretAsync(Owner, old.Id, Cancel));
        await ARequest().DraftAsync();
        await Deliveries.DeliverAsync(Cancel);
        Clock.Advance(TimeSpan.FromHours(24));
        await ARequest().DraftAsync();
        await Deliveries.DeliverAsync(Cancel);

        var calls = _receiver.Calls.ToList();
        Assert.Equal((1, 1), (calls[0].SignaturesOf(old.Secret), calls[0].SignaturesOf(renewed.Secret)));
        Assert.Equal((0, 1), (calls[1].SignaturesOf(old.Secret), calls[1].SignaturesOf(renewed.Secret)));
        Assert.Equal([2, 1], calls.Select(c => c.Headers["webhook-signature"].Split(' ').Length));
    }

    [Fact]
    public async Task Events_arrive_one_after_the_other_in_their_order()
    {
        await AWebhook(_receiver);
        var (now, most) = (0, 0);
        _receiver.Answer = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
        };
        await ARequest().For([.. Enumerable.Range(0, 50).Select(i => $"a{i}@bakery.example")]).SentAsync();

        Assert.Equal(51, await Deliveries.DeliverAsync(Cancel));

        Assert.Equal(1, most);
        Assert.Equal(
            [null, .. Enumerable.Range(0, 50).Select(i => $"a{i}@bakery.example")],
            _receiver.Calls.Select(c => c.Json.GetProperty("data").TryGetProperty("recipient", out var to) ? to.GetString() : null));
    }

    [Fact]
    public async Task Two_nodes_that_deliver_at_once_deliver_each_event_once()
    {
        await using var otherReceiver = await WebhookReceiver.StartAsync(Cancel);
        await AWebhook(_receiver);
        await AWebhook(otherReceiver);
        for (var i = 0; i < 15; i++) await ARequest().DraftAsync();
        await using var other = Portal.AnotherNode();

        while (await CountQueuedAsync() > 0)
            await Task.WhenAll(new[] { Deliveries, other.Get<WebhookDeliveries>() }.Select(d => Task.Run(() => d.DeliverAsync(Cancel))));

        Assert.All([_receiver, otherReceiver], r => Assert.Equal((15, 15), (r.Calls.Count, r.Calls.Select(c => c.Id).Distinct().Count())));
    }

    [Fact]
    public async Task A_node_that_dies_while_delivering_loses_nothing_another_takes_over_when_its_lease_ends()
    {
        var webhook = await AWebhook(_receiver);
        await ARequest().DraftAsync();
        using var dying = new CancellationTokenSource();
        _receiver.Answer = async (http, _) =>
        {
            await dying.CancelAsync();
            await WebhookReceiver.StallAsync(http);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Deliveries.DeliverAsync(dying.Token));
        _receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 200);
        await ARequest().DraftAsync(); // waits with it: the endpoint may be answering still
        await using var other = Portal.AnotherNode();

        Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await other.Get<WebhookDeliveries>().DeliverAsync(Cancel));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await other.Get<WebhookDeliveries>().DeliverAsync(Cancel));

        var calls = _receiver.Calls.ToList();
        Assert.Equal((3, calls[0].Id, calls[0].Body), (calls.Count, calls[1].Id, calls[1].Body));
        Assert.All(await DeliveriesOf(webhook), d => Assert.Equal(WebhookDeliveryState.Delivered, d.State));
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_lease_ended_changes_nothing()
    {
        var webhook = await AWebhook(_receiver);
        await ARequest().DraftAsync();
        _receiver.Answer = async (http, _) =>
        {
            await using var other = Portal.Contexts.Create(Owner.Agency); // another node claims what this one took too long for
            await other.WebhookDeliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.Attempts, d => d.Attempts + 1), Cancel);
            http.Response.StatusCode = 410;
        };

        await Deliveries.DeliverAsync(Cancel);

        Assert.Equal(
            (WebhookDeliveryState.Queued, 2, null),
            Assert.Single(await DeliveriesOf(webhook)) is var kept ? (kept.State, kept.Attempts, kept.LastStatus) : default);
        Assert.Null((await SummaryOf(webhook)).DisabledAt);
    }

    [Fact]
    public async Task A_test_event_arrives_whatever_the_webhook_hears_of()
    {
        var webhook = await AWebhook(_receiver, "question.asked");
        Value(await Log.SendTestAsync(Owner, webhook.Id, Cancel));

        Assert.Equal(1, await Deliveries.DeliverAsync(Cancel));

        var call = Assert.Single(_receiver.Calls);
        Assert.Equal(("test.event", 1), (call.Type, call.SignaturesOf(webhook.Secret)));
        Assert.Equal(webhook.Id.ToString(), call.Json.GetProperty("data").GetProperty("endpointId").GetString());
    }

    private async Task<int> CountQueuedAsync()
    {
        var all = Value(await Webhooks.ListAsync(Owner, Cancel));
        var pages = await Task.WhenAll(all.Select(w => Log.ListAsync(Owner, w.Id, null, 200, Cancel)));
        return pages.Sum(p => Value(p).Deliveries.Count(d => d.State == WebhookDeliveryState.Queued));
    }
}

public sealed class WebhookDeliveryTestsOnSqlite() : WebhookDeliveryTests(DatabaseProvider.Sqlite);

public sealed class WebhookDeliveryTestsOnPostgres() : WebhookDeliveryTests(DatabaseProvider.Postgres);

/// <summary>Without the rehearsal of platforms, nothing on this machine is called, however it came to be an endpoint.</summary>
public sealed class WebhookWithoutRehearsalTests() : WebhookTest(DatabaseProvider.Sqlite)
{
    protected override Dictionary<string, string?> Settings => [];

    [Fact]
    public async Task An_endpoint_on_this_machine_from_days_of_rehearsal_is_not_called()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Cancel);
        await using var rehearsal = Portal.AnotherNode(new() { ["Platforms:Sandbox"] = "true" });
        var webhook = Value(
            await rehearsal.Get<WebhookService>().AddAsync(Owner, new WebhookInput(receiver.Address.AbsoluteUri, []), Cancel));
        await ARequest().DraftAsync();

        Assert.Equal(0, await Deliveries.DeliverAsync(Cancel));
        Assert.Empty(receiver.Calls);
        Assert.Contains(
            "does not lead to a public address", Assert.Single(await DeliveriesOf(webhook)).LastAnswer, StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await rehearsal.Get<WebhookDeliveries>().DeliverAsync(Cancel));
        Assert.Single(receiver.Calls);
    }
}
