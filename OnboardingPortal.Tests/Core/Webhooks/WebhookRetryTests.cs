using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Webhooks;

/// <summary>What happens when a receiver does not take an event.</summary>
public abstract class WebhookRetryTests(DatabaseProvider database) : WebhookTest(database), IAsyncLifetime
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
    public async Task A_receiver_that_wants_nothing_any_more_is_switched_off_at_once_and_the_main_users_are_told()
    {
        var webhook = await AWebhook(_receiver);
        _receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 410);
        await ARequest().SentAsync();

        await Deliveries.DeliverAsync(Cancel);
        await Outbox.DeliverAsync(Cancel);

        Assert.Single(_receiver.Calls);
        Assert.Equal((Clock.Now, true), (await SummaryOf(webhook)) is var known ? (known.DisabledAt, known.GaveUp) : default);
        Assert.All(await DeliveriesOf(webhook), d => Assert.Equal(WebhookDeliveryState.Failed, d.State));
        var mail = Assert.Single(Mail.Taken, m => m.To == Owner.Email);
        Assert.Equal("Webhook switched off: 127.0.0.1", mail.Content.Subject);
        Assert.Contains("410 Gone", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("https://portal.example/settings/webhooks", mail.Content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Mail.Taken, m => m.To == Member.Email || m.To == Stranger.Email);
        var told = Value(await Portal.Get<AuditTrail>().ListAsync(Owner, new AuditQuery(AuditTopic.Settings), null, 50, Cancel)).Events;
        Assert.Equal(
            (AuditKind.WebhookGivenUp, _receiver.Address.AbsoluteUri, ActorKind.System), (told[0].Kind, told[0].Detail, told[0].ActorKind));
    }

    [Theory]
    [InlineData(429, "600", 600)]
    [InlineData(502, "Sat, 21 Nov 2026 09:10:00 GMT", 600)]
    [InlineData(504, "999999999", 24 * 60 * 60)]
    [InlineData(503, "1", 5)]
    [InlineData(500, "600", 5)]
    public async Task Retry_After_is_kept_within_bounds_where_a_receiver_is_busy(int status, string retryAfter, int least)
    {
        var webhook = await AWebhook(_receiver, "request.created");
        _receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, status, retryAfter: retryAfter);
        await ARequest().DraftAsync();
        await ARequest().DraftAsync();

        await Deliveries.DeliverAsync(Cancel);

        var kept = await DeliveriesOf(webhook);
        Assert.InRange((kept[0].NextAttemptAt - Clock.Now).TotalSeconds, least, Math.Max(least, 6));
        Assert.Single(_receiver.Calls); // whatever was wrong: nothing more for a while
        Assert.InRange((kept[1].NextAttemptAt - Clock.Now).TotalSeconds, least, Math.Max(least, 6));
    }

    [Fact]
    public async Task An_event_is_tried_ten_times_over_three_days_with_the_same_id_and_body_and_then_the_webhook_is_given_up()
    {
        var webhook = await AWebhook(_receiver, "request.created");
        _receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 500, "broken");
        await ARequest().DraftAsync();
        var pauses = new List<double>();
        while (true)
        {
            await Deliveries.DeliverAsync(Cancel);
            var kept = Assert.Single(await DeliveriesOf(webhook));
            if (kept.State == WebhookDeliveryState.Failed) break;
            pauses.Add((kept.NextAttemptAt - Clock.Now).TotalSeconds);
            Clock.Advance(kept.NextAttemptAt - Clock.Now - TimeSpan.FromSeconds(1));
            Assert.Equal(0, await Deliveries.DeliverAsync(Cancel));
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        double[] full = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
        Assert.Equal(full.Length, pauses.Count);
        Assert.All(full.Zip(pauses), p => Assert.InRange(p.Second, p.First, p.First * 1.2));
        Assert.Equal(10, _receiver.Calls.Count);
        Assert.Single(_receiver.Calls.Select(c => (c.Id, c.Body)).Distinct());
        Assert.Equal(10, _receiver.Calls.Select(c => c.Headers["webhook-signature"]).Distinct().Count());
        Assert.True((await SummaryOf(webhook)).GaveUp);
        await Outbox.DeliverAsync(Cancel);
        Assert.Contains(
            "The last answer: 500.", Assert.Single(Mail.Taken, m => m.To == Owner.Email).Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_event_that_a_receiver_does_not_like_costs_it_nothing_but_that_event()
    {
        var webhook = await AWebhook(_receiver, "request.created", "request.sent");
        _receiver.Answer = (http, call) => WebhookReceiver.AnswerAsync(http, call.Type == "request.created" ? 422 : 200);
        await ARequest().DraftAsync();
        await Deliveries.DeliverAsync(Cancel);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await ARequest().SentAsync();
        for (var i = 0; i < 2 * WebhookDelivery.MaxAttempts; i++) // a failure a round: whatever failed is left alone for a while
        {
            await Deliveries.DeliverAsync(Cancel);
            Clock.Advance(TimeSpan.FromHours(30));
        }

        Assert.Equal(
            [("request.created", WebhookDeliveryState.Failed), ("request.created", WebhookDeliveryState.Failed),
                ("request.sent", WebhookDeliveryState.Delivered)],
            (await DeliveriesOf(webhook)).Select(d => (d.Type, d.State)).Order());
        Assert.Null((await SummaryOf(webhook)).DisabledAt);
    }

    [Fact]
    public async Task What_was_delivered_can_be_delivered_again_with_the_same_id_and_body()
    {
        var webhook = await AWebhook(_receiver);
        await ARequest().DraftAsync();
        await Deliveries.DeliverAsync(Cancel);

        Assert.Null(await Log.RedeliverAsync(Owner, (await DeliveriesOf(webhook))[0].Id, Cancel));
        Assert.Equal(1, await Deliveries.DeliverAsync(Cancel));

        Assert.Equal(2, _receiver.Calls.Count);
        Assert.Single(_receiver.Calls.Select(c => (c.Id, c.Body)).Distinct());
        Assert.Equal([1, 1], (await DeliveriesOf(webhook)).Select(d => d.Attempts));
    }

    [Fact]
    public async Task A_mail_about_a_webhook_that_is_on_again_is_not_sent()
    {
        var webhook = await AWebhook(_receiver, "request.created");
        _receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 410);
        await ARequest().DraftAsync();
        await Deliveries.DeliverAsync(Cancel);
        Assert.Null(await Webhooks.SwitchOnAsync(Owner, webhook.Id, Cancel));

        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));

        Assert.Empty(Mail.Taken);
    }
}

public sealed class WebhookRetryTestsOnSqlite() : WebhookRetryTests(DatabaseProvider.Sqlite);

public sealed class WebhookRetryTestsOnPostgres() : WebhookRetryTests(DatabaseProvider.Postgres);
