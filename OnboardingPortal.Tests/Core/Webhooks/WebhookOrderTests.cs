using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Webhooks;

/// <summary>Two nodes that deliver to one endpoint keep its events in their order.</summary>
public abstract class WebhookOrderTests(DatabaseProvider database) : WebhookTest(database)
{
    private readonly FailingCommands _commands = new();

    protected override void Register(IServiceCollection services) => _commands.Register(services);

    [Fact]
    public async Task A_node_that_saw_an_event_held_by_another_does_not_go_on_to_the_next_but_one()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Cancel);
        await using var other = Portal.AnotherNode();
        var webhook = await AWebhook(receiver, "request.created");
        for (var i = 0; i < 3; i++) await ARequest().DraftAsync();
        var ids = (await DeliveriesOf(webhook)).Select(d => d.Id).ToList();
        var (mayAnswer, hasFirst, isOver) = (Signal(), Signal(), Signal());
        receiver.Answer = async (http, call) =>
        {
            hasFirst.TrySetResult();
            await mayAnswer.Task.WaitAsync(Cancel);
            await WebhookReceiver.AnswerAsync(http, StatusCodes.Status204NoContent);
        };

        var one = Task.Run(() => Deliveries.DeliverAsync(Cancel), Cancel); // its turn has all three
        await hasFirst.Task.WaitAsync(Cancel);
        var (locks, seconds, thirds) = (0, 0, 0);
        _commands.Before = async command =>
        {
            // A claim begins with the endpoint's lock; one without it with the event's own row.
            var isLock = command.Contains("FOR NO KEY UPDATE", StringComparison.Ordinal);
            var isClaim = locks == 0 && command.Contains("\"Attempts\" +", StringComparison.Ordinal);
            var number = isLock ? Interlocked.Increment(ref locks) : 0;
            if (number == 2 || (isClaim && Names(command, ids[2]) && Interlocked.Increment(ref thirds) == 1))
            {
                mayAnswer.TrySetResult(); // the second node was refused the second event, and just then the first one is done
                while (!await IsDeliveredAsync(ids[0])) Cancel.ThrowIfCancellationRequested();
            }
            else if (number == 4 || (isClaim && Names(command, ids[1]) && Interlocked.Increment(ref seconds) == 2))
            {
                await isOver.Task.WaitAsync(Cancel); // the first node goes on a moment later
            }
        };
        await other.Get<WebhookDeliveries>().DeliverAsync(Cancel);
        isOver.TrySetResult();
        mayAnswer.TrySetResult();
        await one;
        while (receiver.Calls.Count < 3) await Deliveries.DeliverAsync(Cancel);

        var sent = await DeliveriesOf(webhook);
        Assert.Equal(sent.Select(d => d.MessageId), receiver.Calls.Select(c => c.Id));
    }

    [Fact]
    public async Task Two_nodes_at_once_tell_an_endpoint_everything_once_and_in_order()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Cancel);
        await using var other = Portal.AnotherNode();
        var webhook = await AWebhook(receiver, "request.created");
        for (var i = 0; i < 30; i++) await ARequest().DraftAsync();

        while (receiver.Calls.Count < 30)
            await Task.WhenAll(
                Task.Run(() => Deliveries.DeliverAsync(Cancel)), Task.Run(() => other.Get<WebhookDeliveries>().DeliverAsync(Cancel)));

        Assert.Equal((await DeliveriesOf(webhook)).Select(d => d.MessageId), receiver.Calls.Select(c => c.Id));
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static bool Names(string command, WebhookDeliveryId id) =>
        command.Contains($"[{id.Value.ToString(CultureInfo.InvariantCulture)}]", StringComparison.Ordinal);

    private async Task<bool> IsDeliveredAsync(WebhookDeliveryId id)
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return await db.WebhookDeliveries.AnyAsync(d => d.Id == id && d.State == WebhookDeliveryState.Delivered, Cancel);
    }
}

public sealed class WebhookOrderTestsOnPostgres() : WebhookOrderTests(DatabaseProvider.Postgres);
