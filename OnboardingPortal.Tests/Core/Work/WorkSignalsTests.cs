using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Work;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Work;

/// <summary>Work does not wait for its next round, on whichever node it was queued.</summary>
public sealed class WorkSignalsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_calls_count_as_one()
    {
        var signal = new OutboxSignal();
        for (var i = 0; i < 100; i++) signal.Wake();

        await signal.WaitAsync(Cancel);

        Assert.False(signal.WaitAsync(Cancel).IsCompleted);
    }

    [Fact]
    public async Task A_node_wakes_what_another_tells_of_and_nothing_else()
    {
        var (outbox, bulk) = (new OutboxSignal(), new BulkSignal());
        var (here, elsewhere) = (new WorkSignals([outbox, bulk]), new WorkSignals([outbox, bulk]));
        var (mails, imports) = (outbox.WaitAsync(Cancel), bulk.WaitAsync(Cancel));

        foreach (var words in new[] { "", "nonsense", "1 2 3", $"{Guid.NewGuid()} NoSuchSignal", here.Words(outbox) }) here.Hear(words);
        Assert.False(mails.IsCompleted);
        here.Hear(elsewhere.Words(outbox));

        await mails;
        Assert.False(imports.IsCompleted);
        here.HearAgain();
        await imports;
    }
}

public sealed class WorkSignalsTestsOnPostgres() : PortalTest(DatabaseProvider.Postgres)
{
    [Fact]
    public async Task A_mail_that_is_queued_on_one_node_wakes_the_outbox_of_another()
    {
        await using var other = Portal.AnotherNode();
        var (here, there) = (new WorkSignals([Portal.Get<OutboxSignal>()]), new WorkSignals([other.Get<OutboxSignal>()]));
        using var teller = new WorkAnnouncer(Portal.Contexts, here, Portal.Get<ILogger<WorkAnnouncer>>());
        using var listener = new PostgresFeed(other.Contexts, [there], other.Get<DatabaseState>(), Clock);
        await listener.StartAsync(Cancel);
        await listener.Listening.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await teller.StartAsync(Cancel);
        var woken = other.Get<OutboxSignal>().WaitAsync(Cancel);

        await ARequest().SentAsync();

        await woken.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(1, await other.Get<OutboxDelivery>().DeliverAsync(Cancel));
        await teller.StopAsync(Cancel);
        await listener.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_node_that_cannot_tell_the_others_goes_on_and_tells_them_the_next_time()
    {
        await using var other = Portal.AnotherNode();
        var (here, there) = (new WorkSignals([Portal.Get<BulkSignal>()]), new WorkSignals([other.Get<BulkSignal>()]));
        var isBroken = true;
        var breaking = new PortalDbContextFactory(
            () => isBroken ? throw new InvalidOperationException("broken") : Portal.Contexts.CreateForSystem());
        using var teller = new WorkAnnouncer(breaking, here, Portal.Get<ILogger<WorkAnnouncer>>());
        using var listener = new PostgresFeed(other.Contexts, [there], other.Get<DatabaseState>(), Clock);
        await listener.StartAsync(Cancel);
        await listener.Listening.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await teller.StartAsync(Cancel);
        Portal.Get<BulkSignal>().Wake();
        await UntilAsync(() => Portal.Logs.Lines.Any(l => l.StartsWith("Warning 1203", StringComparison.Ordinal)));

        isBroken = false;
        Portal.Get<BulkSignal>().Wake();

        await other.Get<BulkSignal>().WaitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await teller.StopAsync(Cancel);
        await listener.StopAsync(Cancel);
    }
}
