using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using OnboardingPortal.App.Hosting.Health;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Work;
using OnboardingPortal.Tests.Core.Webhooks;
using OnboardingPortal.Tests.Support;
using Quartz;

namespace OnboardingPortal.Tests.Core.Work;

/// <summary>What the portal measures of its own work.</summary>
public abstract class MeasurementTests(DatabaseProvider database) : WebhookTest(database)
{
    private OutboxBacklog Queue => Portal.Get<OutboxBacklog>();

    [Fact]
    public async Task The_outbox_tells_how_many_mails_wait_and_for_how_long_the_longest_due_has_been_due()
    {
        Assert.Equal((0, TimeSpan.Zero), (await Queue.CountAsync(Cancel), await Queue.AgeAsync(Cancel)));
        await ARequest().For("a@bakery.example").SentAsync();
        Clock.Advance(TimeSpan.FromMinutes(2));
        await ARequest().For("b@bakery.example", "c@bakery.example").SentAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((3, TimeSpan.FromMinutes(3)), (await Queue.CountAsync(Cancel), await Queue.AgeAsync(Cancel)));

        Mail.BeforeTaking = _ => throw new IOException("421 try later");
        await Outbox.DeliverAsync(Cancel);
        Assert.Equal((3, TimeSpan.Zero), (await Queue.CountAsync(Cancel), await Queue.AgeAsync(Cancel))); // they wait for their next try

        Mail.BeforeTaking = _ => Task.CompletedTask;
        Clock.Advance(TimeSpan.FromHours(1));
        await Outbox.DeliverAsync(Cancel);
        Assert.Equal((0, TimeSpan.Zero), (await Queue.CountAsync(Cancel), await Queue.AgeAsync(Cancel)));
    }

    [Fact]
    public async Task Nodes_are_ready_until_mails_are_due_for_too_long()
    {
        await ARequest().For("a@bakery.example").SentAsync();
        Clock.Advance(TimeSpan.FromDays(1)); // the portal was off
        var (hour, never) = (Health(TimeSpan.FromHours(1)), Health(TimeSpan.Zero));
        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(hour));
        Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(hour));
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(never)); // switched off
        await Outbox.DeliverAsync(Cancel);
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(hour));
    }

    [Fact]
    public async Task No_reading_of_a_queue_goes_through_a_table()
    {
        if (Portal.Database.Provider != DatabaseProvider.Sqlite) return;

        var plans = await QueryPlans.OfAsync(Portal, async () =>
        {
            foreach (var queue in Portal.Get<IEnumerable<IBacklog>>())
            {
                await queue.CountAsync(Cancel);
                await queue.AgeAsync(Cancel);
            }
        });

        Assert.Equal(8, plans.Count);
        Assert.All(plans, plan => Assert.DoesNotContain(QueryPlans.Scanned(plan), table => table != "a")); // the agencies, for their queues
        Assert.Equal(2, plans.Count(p => p.Contains("IX_email_messages_due", StringComparison.Ordinal)));
        Assert.Equal(2, plans.Count(p => p.Contains("IX_webhook_deliveries_NextAttemptAt", StringComparison.Ordinal)));
        Assert.Equal(2, plans.Count(p => p.Contains("IX_bulk_imports_sending", StringComparison.Ordinal)));
        Assert.Equal(2, plans.Count(p => p.Contains("IX_audience_syncs_DueAt", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Queues_are_read_now_and_then_and_show_nothing_while_they_cannot_be_read()
    {
        var broken = Substitute.For<IBacklog>();
        broken.Name.Returns("broken");
        broken.CountAsync(Cancel).Returns(Task.FromException<int>(new InvalidOperationException("Not now.")));
        using var gauges = new QueueGauges(
            [.. Portal.Get<IEnumerable<IBacklog>>(), broken], Portal.Get<IMeterFactory>(), Clock, NullLogger<QueueGauges>.Instance);
        using var depth = Collect<long>("portal.queue.depth");
        await ARequest().For("a@bakery.example").SentAsync();

        await gauges.ReadAsync(Cancel);
        depth.RecordObservableInstruments();

        Assert.Equal(
            [("imports", 0L), ("outbox", 1L), ("syncs", 0L), ("webhooks", 0L)],
            depth.GetMeasurementSnapshot().Select(m => ((string)m.Tags["portal.queue"]!, m.Value)).Order());
    }

    [Fact]
    public async Task What_becomes_of_mails_is_counted_and_how_long_they_took()
    {
        using var attempts = Collect<long>("portal.outbox.attempts");
        using var lag = Collect<double>("portal.outbox.lag");
        await ARequest().For("a@bakery.example").SentAsync();
        Mail.BeforeTaking = _ => throw new IOException("421 try later");
        await Outbox.DeliverAsync(Cancel);
        Mail.BeforeTaking = _ => Task.CompletedTask;
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Outbox.DeliverAsync(Cancel);

        Assert.Equal(["failed", "sent"], attempts.GetMeasurementSnapshot().Select(m => m.Tags["portal.outcome"]));
        Assert.Equal(60, Assert.Single(lag.GetMeasurementSnapshot()).Value, 3);
    }

    [Fact]
    public async Task How_receivers_of_webhooks_answer_is_measured_without_saying_which()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Cancel);
        await AWebhook(receiver, "request.created");
        using var duration = Collect<double>("portal.webhook.duration");
        using var lag = Collect<double>("portal.webhook.lag");
        receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 503);
        await ARequest().SentAsync();
        await Deliveries.DeliverAsync(Cancel);
        receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 204);
        Clock.Advance(TimeSpan.FromMinutes(2));
        await Deliveries.DeliverAsync(Cancel);

        Assert.Equal(
            ["error.type=5xx", ""],
            duration.GetMeasurementSnapshot().Select(m => string.Join(',', m.Tags.Select(t => $"{t.Key}={t.Value}"))));
        Assert.Equal(120, Assert.Single(lag.GetMeasurementSnapshot()).Value, 3);
    }

    [Fact]
    public async Task Calls_to_platforms_are_measured_by_platform_and_kind_of_failure_and_nothing_else()
    {
        using var calls = Collect<double>("portal.platform.call.duration");
        new GraphStub(Http).Get("me/accounts", GraphStub.Error(190), HttpStatusCode.BadRequest);

        await Portal.Get<FacebookAssets>().PageTokensAsync(new AccessToken("t"), Cancel);

        var call = Assert.Single(calls.GetMeasurementSnapshot());
        Assert.Equal(
            [("error.type", "AuthExpired"), ("portal.platform", "facebook")], call.Tags.Select(t => (t.Key, (string)t.Value!)).Order());
    }

    [Fact]
    public async Task Rounds_are_measured_by_job_and_whether_they_failed()
    {
        using var rounds = Collect<double>("portal.round.duration");
        var metrics = Portal.Get<RoundMetrics>();
        foreach (var round in new Func<int>[] { () => 3, () => throw new IOException("Not now.") })
        {
            var plan = new WorkPlan("TestJob", TimeSpan.FromMinutes(1), (_, _) => Task.FromResult(round()), null);
            var job = new RoundJob([plan], Substitute.For<IServiceProvider>(), NullLogger<RoundJob>.Instance);
            var context = Substitute.For<IJobExecutionContext>();
            context.JobDetail.Returns(JobBuilder.Create<RoundJob>().WithIdentity("TestJob").Build());
            context.JobRunTime.Returns(TimeSpan.FromSeconds(2));
            await job.Execute(context, Cancel);
            await metrics.JobWasExecuted(context, null, Cancel);
        }

        Assert.Equal(
            [("TestJob", null, 2.0), ("TestJob", "failed", 2.0)],
            rounds.GetMeasurementSnapshot()
                .Select(m => ((string)m.Tags["portal.job"]!, (string?)m.Tags.GetValueOrDefault("error.type"), m.Value)));
    }

    private MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(Portal.Get<IMeterFactory>(), PortalTelemetry.Name, instrument);

    private OutboxHealth Health(TimeSpan most) => new(Queue, Options.Create(new HealthOptions { MaxOutboxAge = most }), Clock);

    private static async Task<HealthStatus> StatusAsync(OutboxHealth health) =>
        (await health.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status;
}

public sealed class MeasurementTestsOnSqlite() : MeasurementTests(DatabaseProvider.Sqlite);

public sealed class MeasurementTestsOnPostgres() : MeasurementTests(DatabaseProvider.Postgres);
