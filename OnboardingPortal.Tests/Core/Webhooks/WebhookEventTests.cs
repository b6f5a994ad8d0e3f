using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.Tests.Core.Webhooks;

public abstract class WebhookEventTests(DatabaseProvider database) : WebhookTest(database)
{
    private const string Url = "https://hooks.bakery.example/";

    [Fact]
    public async Task The_whole_life_of_a_request_is_told_in_its_order()
    {
        var webhook = await AWebhook(Url);
        var request = await ARequest().For("hello@bakery.example").Saying("A secret message").SentAsync();
        Assert.Null(await Links.OpenAsync(request.Token, null, Cancel));
        var baker = await AParticipant(request, "The baker");
        await Portal.Get<ClientAccounts>()
            .NoteAsync(baker, Mailchimp, new PlatformFailure(Mailchimp, PlatformFailureKind.Cancelled), Cancel);
        await AnAccount(baker, Mailchimp, name: "Blue Bakery", token: "client-token");
        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));

        var told = await DeliveriesOf(webhook);
        Assert.Equal(
            ["request.created", "request.sent", "request.opened", "request.viewed", "connection.failed", "connection.connected",
                "request.completed"], told.Select(d => d.Type));
        Assert.All(
            told, d => Assert.Equal((request.Id, WebhookDeliveryState.Queued, Clock.Now), (d.RequestId!.Value, d.State, d.CreatedAt)));
        Assert.Equal(told.Count, told.Select(d => d.MessageId).Distinct().Count());
        Assert.All(told, d => Assert.Matches("^msg_[0-9]+$", d.MessageId));
        Assert.All(
            told, d =>
                Assert.DoesNotContain(
                    ["A secret message", request.Token, "client-token", "client@bakery.example", "The baker"],
                    word => d.Payload.Contains(word, StringComparison.Ordinal)));

        Assert.Equal("draft", DataOf(told[0]).GetProperty("status").GetString());
        Assert.Equal(
            $$$"""{"type":"request.sent","timestamp":"2026-11-21T09:00:00Z","data":{"requestId":"{{{request.Id}}}","status":"pending","link":"https://portal.example/collaboration/requests/{{{request.Id}}}","recipient":"hello@bakery.example"}}""",
            told[1].Payload);
        Assert.Equal("cancelled", DataOf(told[4]).GetProperty("reason").GetString());
        Assert.Equal(
            ("mailchimp", "Blue Bakery"),
            (DataOf(told[5]).GetProperty("platform").GetString(), DataOf(told[5]).GetProperty("account").GetString()));
        Assert.Equal("connected", DataOf(told[6]).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Expiry_deletion_and_lost_accounts_are_told_too()
    {
        var webhook = await AWebhook(Url, null, "request.expired", "request.deleted", "connection.lost");
        var request = await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        await Portal.Get<RequestExpiry>().ExpireAsync(Cancel);
        Value(await Requests.DeleteAsync(Owner, request.Id, Cancel));
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            // The agency's own account: no request stands behind it.
            db.AuditEvents.Add(
                new AuditEvent(
                    AuditEventId.New(Clock), Owner.Agency, Clock.Now, AuditKind.AccountLost, Actor.System, null, Mailchimp, "Our list"));
            await db.SaveChangesAsync(Cancel);
        }

        var told = await DeliveriesOf(webhook);
        Assert.Equal(["request.expired", "request.deleted", "connection.lost"], told.Select(d => d.Type));
        Assert.Equal(["expired", "deleted"], told.Take(2).Select(d => DataOf(d).GetProperty("status").GetString()));
        Assert.Equal("""{"platform":"mailchimp","account":"Our list"}""", DataOf(told[2]).GetRawText());
    }

    [Fact]
    public async Task Data_syncs_are_told_by_their_id_and_their_lists_name()
    {
        var webhook = await AWebhook(Url, null, "sync.completed", "sync.failed", "audience.ready");
        var request = await ARequest().SentAsync();
        var sync = AudienceSyncId.New(Clock);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            db.AuditEvents.AddRange(new[] { AuditKind.SyncCompleted, AuditKind.SyncFailed, AuditKind.AudienceReady }.Select(
                kind => new AuditEvent(
                    AuditEventId.New(Clock), Owner.Agency, Clock.Now, kind, Actor.System, request.Id, Mailchimp, "Newsletter")
                {
                    Sync = sync,
                    Reason = kind == AuditKind.SyncFailed ? nameof(SyncProblem.TermsNotAccepted) : null,
                }));
            await db.SaveChangesAsync(Cancel);
        }

        var told = await DeliveriesOf(webhook);
        Assert.Equal(["sync.completed", "sync.failed", "audience.ready"], told.Select(d => d.Type));
        var data = $$$"""{"requestId":"{{{request.Id}}}","status":"pending","link":"https://portal.example/data-sync/{{{sync}}}","syncId":"{{{sync}}}","platform":"mailchimp","list":"Newsletter"}""";
        Assert.Equal([data, data[..^1] + ",\"reason\":\"termsNotAccepted\"}", data], told.Select(d => DataOf(d).GetRawText()));
    }

    [Fact]
    public async Task Each_endpoint_hears_what_it_chose_and_all_of_one_event_under_one_id()
    {
        var all = await AWebhook(Url);
        var some = await AWebhook(Url, null, "request.sent");
        var none = await AWebhook(Url, null, "question.asked");
        var off = await AWebhook(Url);
        Assert.Null(await Webhooks.SwitchOffAsync(Owner, off.Id, Cancel));

        await ARequest().SentAsync();

        Assert.Equal(["request.created", "request.sent"], (await DeliveriesOf(all)).Select(d => d.Type));
        var (here, there) = ((await DeliveriesOf(all))[1], Assert.Single(await DeliveriesOf(some)));
        Assert.Equal((here.MessageId, here.Payload), (there.MessageId, there.Payload));
        Assert.Empty(await DeliveriesOf(none));
        Assert.Empty(await DeliveriesOf(off));
    }

    [Fact]
    public async Task An_agency_hears_of_its_own_requests_and_of_nobody_elses()
    {
        var ours = await AWebhook(Url);
        var theirs = await AWebhook("https://hooks.harbour.example/", Stranger);

        var request = await ARequest().SentAsync();
        var other = await ARequest().By(Stranger).SentAsync();

        Assert.All(await DeliveriesOf(ours), d => Assert.Equal((Owner.Agency, request.Id), (d.AgencyId, d.RequestId!.Value)));
        Assert.All(await DeliveriesOf(theirs, Stranger), d => Assert.Equal((Stranger.Agency, other.Id), (d.AgencyId, d.RequestId!.Value)));
        Assert.Equal((2, 2), (await CountAsync(Owner), await CountAsync(Stranger)));
    }

    [Fact]
    public async Task What_is_rolled_back_or_refused_was_never_told()
    {
        var webhook = await AWebhook(Url);
        var wake = Portal.Get<WebhookSignal>().WaitAsync(Cancel);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            db.AuditEvents.Add(
                new AuditEvent(
                    AuditEventId.New(Clock), Owner.Agency, Clock.Now, AuditKind.RequestCompleted, Actor.System, null, null, null));
            await db.SaveChangesAsync(Cancel);
            Assert.Equal(1, await db.WebhookDeliveries.CountAsync(Cancel));
            await transaction.RollbackAsync(Cancel);
        }

        var draft = RequestId.New(Clock);
        Assert.IsType<RequestNotFound>((await Requests.DeleteAsync(Owner, draft, Cancel)).Error);
        Assert.Empty(await DeliveriesOf(webhook));
        Assert.False(wake.IsCompleted);

        await ARequest().DraftAsync();
        Assert.Single(await DeliveriesOf(webhook));
        await wake;
    }

    [Fact]
    public async Task Of_two_who_complete_at_once_one_is_told()
    {
        var webhook = await AWebhook(Url, null, "request.completed");
        var request = await ARequest().SentAsync();
        var (first, second) = (await AParticipant(request, "One"), await AParticipant(request, "Two"));
        await AnAccount(first, Mailchimp);

        await Task.WhenAll(new[] { first, second }.Select(p => Task.Run(() => Wizard.CompleteAsync(p, Cancel))));

        Assert.Single(await DeliveriesOf(webhook));
    }

    [Fact]
    public async Task A_body_stays_small_whatever_accounts_are_called()
    {
        var webhook = await AWebhook(Url, null, "connection.connected");
        var baker = await AParticipant(await ARequest().SentAsync());
        await AnAccount(baker, Mailchimp, name: string.Concat(Enumerable.Repeat("\u0001<ü😀", 100)));

        Assert.InRange(Assert.Single(await DeliveriesOf(webhook)).Payload.Length, 100, 20_000);
    }

    [Fact]
    public void Every_type_is_well_formed_and_named_once()
    {
        Assert.Equal(WebhookEventTypes.All.Distinct(), WebhookEventTypes.All);
        Assert.All(WebhookEventTypes.All.Append(WebhookEventTypes.Test), t => Assert.Matches("^[a-z]+\\.[a-z]+$", t));
        Assert.Equal(18, WebhookEventTypes.All.Count);
    }

    private static JsonElement DataOf(WebhookDelivery delivery) => JsonDocument.Parse(delivery.Payload).RootElement.GetProperty("data");
}

public sealed class WebhookEventTestsOnSqlite() : WebhookEventTests(DatabaseProvider.Sqlite);

public sealed class WebhookEventTestsOnPostgres() : WebhookEventTests(DatabaseProvider.Postgres);
