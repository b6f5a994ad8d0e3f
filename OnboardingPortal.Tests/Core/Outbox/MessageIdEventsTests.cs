using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

/// <summary>
/// Events as SendGrid's relay tells them of mails that came to it by SMTP: it knows their Message-ID and nothing else of ours.
/// </summary>
public abstract class MessageIdEventsTests(DatabaseProvider database) : PortalTest(database)
{
    private const string To = "client@bakery.example";
    private int _events;

    private DeliveryService Deliveries => Portal.Get<DeliveryService>();

    [Theory]
    [InlineData("<{0}>", "", true)]
    [InlineData(" <{0}> ", "another.filter0001", true)]
    [InlineData("{0}", "", true)]
    [InlineData("<14c5d75ce93.dfd.64b469@ismtpd-555>", "", true)]
    [InlineData("<14c5d75ce93.dfd.64b46@ismtpd-555>", "", false)]
    [InlineData("<1{0}>", "", false)]
    [InlineData("<>", "", false)]
    public async Task An_event_that_carries_only_the_Message_ID_finds_its_mail(string messageId, string serviceId, bool isFound)
    {
        var (request, own) = await SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.EmailMessages.ExecuteUpdateAsync(set => set.SetProperty(m => m.ProviderId, "14c5d75ce93.dfd.64b469"), Cancel);
        }

        Assert.Equal(isFound ? 1 : 0, await TellAsync(Deliveries, string.Format(CultureInfo.InvariantCulture, messageId, own), serviceId));

        Assert.Equal(isFound ? DeliveryState.Bounced : null, (await DetailsOf(request)).Mails[0].Delivery);
        Assert.Equal(isFound ? 0 : 1, await Deliveries.CountUnmatchedAsync(Cancel));
    }

    [Fact]
    public async Task Events_that_concern_no_mail_are_counted_for_a_week_whichever_node_hears_of_them()
    {
        await using var other = Portal.AnotherNode();
        var nodes = new[] { Deliveries, other.Get<DeliveryService>() };
        await Task.WhenAll(nodes.Select(node => Task.Run(() => TellAsync(node, "<nobodys@ismtpd-555>", ""))));
        Clock.Advance(TimeSpan.FromDays(6));
        await TellAsync(Deliveries, "<nobodys@ismtpd-555>", "");

        Assert.Equal(3, await Deliveries.CountUnmatchedAsync(Cancel));

        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await Deliveries.CountUnmatchedAsync(Cancel));
        await Deliveries.ForgetAsync(Cancel);
        await using var db = Portal.Contexts.CreateForSystem();
        Assert.Equal(1, await db.UnmatchedEvents.CountAsync(Cancel));
    }

    private async Task<(RequestId Request, string MessageId)> SentAsync()
    {
        var request = await ARequest().For(To).SentAsync();
        await Outbox.DeliverAsync(Cancel);
        return (request.Id, Mail.Tried[^1].MessageId);
    }

    private Task<int> TellAsync(DeliveryService node, string messageId, string serviceId) => node.ApplyAsync(
        SendGridEvents.Read(JsonSerializer.SerializeToUtf8Bytes(new[]
        {
            new Dictionary<string, object>
            {
                ["email"] = To,
                ["timestamp"] = Clock.Now.ToUnixTimeSeconds(),
                ["event"] = "bounce",
                ["type"] = "bounce",
                ["sg_event_id"] = $"evt-{Interlocked.Increment(ref _events)}",
                ["smtp-id"] = messageId,
                ["sg_message_id"] = serviceId,
                ["reason"] = "550 5.1.1 unknown user",
                ["status"] = "5.1.1",
            },
        }))!,
        Cancel);
}

public sealed class MessageIdEventsTestsOnSqlite() : MessageIdEventsTests(DatabaseProvider.Sqlite);

public sealed class MessageIdEventsTestsOnPostgres() : MessageIdEventsTests(DatabaseProvider.Postgres);
