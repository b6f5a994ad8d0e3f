using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Webhooks;

/// <summary>What an agency's endpoints cost, they cost that agency.</summary>
public abstract class WebhookFairnessTests(DatabaseProvider database) : WebhookTest(database), IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private WebhookReceiver _slow = null!;
    private WebhookReceiver _quick = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (_slow, _quick) = (await WebhookReceiver.StartAsync(Cancel), await WebhookReceiver.StartAsync(Cancel));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_slow is not null) await _slow.DisposeAsync();
        if (_quick is not null) await _quick.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Two_agencies_whose_endpoints_all_stall_hold_up_no_other_agency()
    {
        var third = await Portal.AddUserAsync(
            await Portal.AddAgencyAsync("Third Agency", Cancel), AgencyRole.MainUser, "Third", "owner@third.example", Cancel);
        await AWebhook(_quick.Address.AbsoluteUri, third, "request.created");
        foreach (var agency in new[] { Owner, Stranger })
        {
            for (var i = 0; i < 16; i++) await AWebhook(new Uri(_slow.Address, $"/{i}").AbsoluteUri, agency, "request.created");
            await ARequest().By(agency).DraftAsync();
        }

        var (stalled, arrived) = (new CountdownEvent(8), new TaskCompletionSource());
        _slow.Answer = (http, _) =>
        {
            if (!stalled.IsSet) stalled.Signal();
            return WebhookReceiver.StallAsync(http);
        };
        _quick.Answer = (_, _) =>
        {
            arrived.TrySetResult();
            return Task.CompletedTask;
        };
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var round = Deliveries.DeliverAsync(leaving.Token);
        Assert.True(await Task.Run(() => stalled.Wait(Patience), Cancel));

        await ARequest().By(third).DraftAsync(); // while everything of the others stalls
        Clock.Advance(TimeSpan.FromSeconds(1));
        await arrived.Task.WaitAsync(Patience, Cancel);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => round);
        Assert.InRange(_slow.Calls.Count, 8, 16);
    }

    [Fact]
    public async Task An_endpoint_with_many_events_gives_its_turn_to_the_next_of_its_agency()
    {
        for (var i = 0; i < 5; i++) await AWebhook(new Uri(_quick.Address, $"/{i}").AbsoluteUri, null, "request.created");
        for (var i = 0; i < 40; i++) await ARequest().DraftAsync();

        Assert.Equal(200, await Deliveries.DeliverAsync(Cancel));

        var paths = _quick.Calls.Select(c => c.Path).ToList();
        var lastToBegin = Enumerable.Range(0, 5).Max(i => paths.IndexOf($"/{i}"));
        Assert.All(
            Enumerable.Range(0, 5),
            i => Assert.True(paths.Take(lastToBegin).Count(p => p == $"/{i}") < 40, "An endpoint was through before another had begun."));
    }

    [Fact]
    public async Task Whatever_fails_is_left_alone_for_a_while()
    {
        var webhook = await AWebhook(_slow, "request.created");
        _slow.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 500, "slowly broken");
        for (var i = 0; i < 20; i++) await ARequest().DraftAsync();

        Assert.Equal(0, await Deliveries.DeliverAsync(Cancel));

        Assert.Single(_slow.Calls);
        Assert.All((await DeliveriesOf(webhook)).Skip(1), d => Assert.Equal((0, true), (d.Attempts, d.NextAttemptAt > Clock.Now)));
    }
}

public sealed class WebhookFairnessTestsOnSqlite() : WebhookFairnessTests(DatabaseProvider.Sqlite);

public sealed class WebhookFairnessTestsOnPostgres() : WebhookFairnessTests(DatabaseProvider.Postgres);
