using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

/// <summary>What mail services tell of mails.</summary>
public abstract class DeliveryTests(DatabaseProvider database) : PortalTest(database)
{
    private const string To = "client@bakery.example";
    private int _events;

    private DeliveryService Deliveries => Portal.Get<DeliveryService>();

    [Fact]
    public async Task A_delivered_mail_shows_at_its_recipient_in_the_table_and_on_the_timeline()
    {
        var (request, mail) = await SentAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await TellAsync(mail, DeliveryState.Processed));
        Assert.Equal(1, await TellAsync(mail, DeliveryState.Delivered, text: "250 OK"));

        var details = await DetailsOf(request);
        var told = (DeliveryState.Delivered, Clock.Now, "250 OK");
        Assert.Equal(told, (details.Mails[0].Delivery!.Value, details.Mails[0].DeliveryAt!.Value, details.Mails[0].DeliveryText));
        Assert.Equal(
            told, (details.Request.Recipients[0].Delivery!.Value, details.Request.Recipients[0].DeliveryAt!.Value,
                details.Request.Recipients[0].DeliveryText));
        Assert.Equal(
            (AuditKind.EmailDelivered, To, ActorKind.System),
            (details.Events[0].Kind, details.Events[0].Detail, details.Events[0].ActorKind));
        Assert.Equal((RequestActivity.Delivered, Clock.Now), ((await RowOf(request)).Activity, (await RowOf(request)).ActivityAt));
    }

    [Theory]
    [InlineData(DeliveryState.Bounced, AuditKind.EmailBounced, RequestActivity.Bounced, HubReason.MailCameBack)]
    [InlineData(DeliveryState.Dropped, AuditKind.EmailDropped, RequestActivity.Bounced, HubReason.MailDropped)]
    [InlineData(DeliveryState.Spam, AuditKind.EmailMarkedSpam, RequestActivity.Sent, HubReason.MailMarkedSpam)]
    public async Task A_recipient_who_is_not_reached_is_told_to_the_requester_once_and_needs_a_hand(
        DeliveryState state, AuditKind kind, RequestActivity activity, HubReason reason)
    {
        var (request, mail) = await SentAsync();

        await TellAsync(mail, state, text: "550 <b>no such user</b>\r\nBcc: x");
        await TellAsync(mail, DeliveryState.Dropped, TimeSpan.FromSeconds(5));
        await TellAsync(mail, DeliveryState.Spam, TimeSpan.FromSeconds(6));

        var details = await DetailsOf(request);
        Assert.Contains(details.Events, e => e.Kind == kind && e.Detail == To);
        if (state != DeliveryState.Spam) Assert.Equal(RequestActivity.Bounced, (await RowOf(request)).Activity);
        else Assert.Equal(activity, (await RowOf(request)).Activity);
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        var told = Assert.Single(Mail.Taken, m => m.To == Owner.Email);
        Assert.Equal($"Not delivered: your onboarding request to {To}", told.Content.Subject);
        Assert.Contains($"https://portal.example/collaboration/requests/{request}", told.Content.Text, StringComparison.Ordinal);
        Assert.Contains("copy the request's link", told.Content.Text, StringComparison.Ordinal);
        var need = Assert.Single((await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel)).Needs);
        Assert.Equal((HubHand.You, To), (need.Hand, need.Subject));
        if (state == DeliveryState.Spam) Assert.Equal(reason, need.Reason);
    }

    [Fact]
    public async Task The_requester_reads_why_in_their_language_and_the_servers_words_are_only_text()
    {
        var (_, mail) = await SentAsync();
        await using (var db = Portal.Contexts.CreateForSystem()) await db.Users.Where(u => u.Id == Owner.User.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Language, "de"), Cancel);

        await TellAsync(mail, DeliveryState.Bounced, text: "550 <script>no such user</script>");
        await Outbox.DeliverAsync(Cancel);

        var told = Assert.Single(Mail.Taken, m => m.To == Owner.Email);
        Assert.Contains("Meist ist die Adresse falsch geschrieben", told.Content.Text, StringComparison.Ordinal);
        Assert.Contains("Die Antwort lautete: 550 <script>no such user</script>", told.Content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", told.Content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_again_the_need_is_over_and_the_old_mails_events_show_nowhere_else()
    {
        var (request, mail) = await SentAsync();
        await TellAsync(mail, DeliveryState.Bounced);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Value(await Requests.SendAsync(Owner, request, To, Cancel)); // by name: without one, who was not reached is left out

        Assert.Null((await DetailsOf(request)).Request.Recipients[0].Delivery);
        Assert.Empty((await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel)).Needs);
        Mail.Forget();
        await Outbox.DeliverAsync(Cancel);
        Assert.Equal([To], Mail.Taken.Select(m => m.To)); // what was to be told is over
        await TellAsync(mail, DeliveryState.Spam);

        var details = await DetailsOf(request);
        Assert.Equal((DeliveryState.Spam, null), (details.Mails[0].Delivery, details.Mails[1].Delivery));
        Assert.Null(details.Request.Recipients[0].Delivery);
        Assert.Empty((await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel)).Needs);
    }

    [Theory]
    [InlineData(DeliveryState.Delivered, "Deferred 1, Delivered 2, Processed 0")]
    [InlineData(DeliveryState.Delivered, "Delivered 1, Deferred 5, Processed 9")]
    [InlineData(DeliveryState.Delivered, "Processed 0, Delivered 0, Deferred 0")]
    [InlineData(DeliveryState.Bounced, "Delivered 1, Bounced 2, Delivered 1")]
    [InlineData(DeliveryState.Bounced, "Bounced 2, Delivered 1, Processed 9, Deferred 9")]
    [InlineData(DeliveryState.Bounced, "Bounced 2, Delivered 2")]
    [InlineData(DeliveryState.Spam, "Spam 5, Delivered 9, Bounced 9, Processed 9")]
    [InlineData(DeliveryState.Deferred, "Processed 0, Deferred 3, Deferred 1")]
    [InlineData(DeliveryState.Dropped, "Dropped 1, Processed 1")]
    public async Task Events_come_in_any_order_one_by_one_and_at_once(DeliveryState expected, string order)
    {
        var told = order.Split(", ")
            .Select(e =>
                (State: Enum.Parse<DeliveryState>(e.Split(' ')[0]), At: TimeSpan.FromSeconds(
                    int.Parse(e.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)))).ToList();
        var (one, first) = await SentAsync();
        var (atOnce, second) = await SentAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var (state, at) in told) await TellAsync(first, state, at - TimeSpan.FromMinutes(1));
        Assert.Equal(
            told.Count,
            await Deliveries.ApplyAsync([.. told.Select(t => Report(second, t.State, t.At - TimeSpan.FromMinutes(1)))], Cancel));

        foreach (var request in new[] { one, atOnce })
        {
            var details = await DetailsOf(request);
            Assert.Equal((expected, expected), (details.Mails[0].Delivery!.Value, details.Request.Recipients[0].Delivery!.Value));
        }
    }

    [Fact]
    public async Task An_event_counts_once_however_often_and_on_however_many_nodes_it_is_told()
    {
        var (request, mail) = await SentAsync();
        var report = Report(mail, DeliveryState.Bounced);
        await using var other = Portal.AnotherNode();

        var told = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(i => Task.Run(() => (i % 2 == 0 ? Deliveries : other.Get<DeliveryService>()).ApplyAsync([report, report], Cancel))));

        Assert.Equal(1, told.Sum());
        Assert.Single((await DetailsOf(request)).Events, e => e.Kind == AuditKind.EmailBounced);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal(1, await db.EmailMessages.CountAsync(m => m.Kind == EmailKind.Undeliverable, Cancel));
        Assert.Equal(1, await db.DeliveryEvents.CountAsync(Cancel));
    }

    [Fact]
    public async Task What_concerns_no_mail_of_this_portal_changes_nothing()
    {
        var (request, mail) = await SentAsync();
        var before = (await DetailsOf(request)).Request.Version;

        var told = await Deliveries.ApplyAsync(
            [
                Report(mail, DeliveryState.Bounced) with { Mail = EmailMessageId.From(7) },
                Report(mail, DeliveryState.Bounced) with { Email = "somebody@else.example" },
                Report(mail, DeliveryState.Bounced) with { Mail = null },
                Report(mail, DeliveryState.Bounced) with { Mail = null, MessageId = "another.filter0001" },
                Report(mail, DeliveryState.Bounced) with { Mail = null, MessageId = "" },
            ],
            Cancel);

        Assert.Equal((0, before), (told, (await DetailsOf(request)).Request.Version));
        Assert.Equal(5, await Deliveries.CountUnmatchedAsync(Cancel));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.False(await db.DeliveryEvents.AnyAsync(Cancel));
    }

    [Theory]
    [InlineData("14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0", true)]
    [InlineData("14c5d75ce93.dfd.64b469", true)]
    [InlineData("14c5d75ce93.dfd.64b46", false)]
    [InlineData("14c5d75ce93.dfd.64b4690.filter0001", false)]
    public async Task An_event_without_our_id_finds_its_mail_by_the_services_own(string messageId, bool found)
    {
        var (request, mail) = await SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency)) await db.EmailMessages.ExecuteUpdateAsync(
            set => set.SetProperty(m => m.ProviderId, "14c5d75ce93.dfd.64b469"), Cancel);

        await Deliveries.ApplyAsync([Report(mail, DeliveryState.Delivered) with { Mail = null, MessageId = messageId }], Cancel);

        Assert.Equal(found ? DeliveryState.Delivered : null, (await DetailsOf(request)).Mails[0].Delivery);
    }

    [Fact]
    public async Task A_clients_way_goes_before_late_news_of_the_mail()
    {
        var (request, mail) = await SentAsync();
        await AParticipant(await new GivenRequest(Portal, request, Owner, null).WithLinkAsync());

        await TellAsync(mail, DeliveryState.Delivered);

        Assert.Equal(RequestActivity.Viewed, (await RowOf(request)).Activity);
    }

    [Fact]
    public async Task News_of_a_completed_request_ask_nobody_for_anything()
    {
        var (request, mail) = await SentAsync();
        Assert.Null(
            await Wizard.CompleteAsync(await AParticipant(await new GivenRequest(Portal, request, Owner, null).WithLinkAsync()), Cancel));

        await TellAsync(mail, DeliveryState.Spam);

        Assert.Equal(RequestActivity.Completed, (await RowOf(request)).Activity);
        Assert.Empty((await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel)).Needs);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.False(await db.EmailMessages.AnyAsync(m => m.Kind == EmailKind.Undeliverable, Cancel));
    }

    [Fact]
    public async Task News_of_a_deleted_request_and_of_other_mails_show_nowhere()
    {
        var (request, mail) = await SentAsync();
        Value(await Requests.DeleteAsync(Owner, request, Cancel));
        Assert.Equal(0, await TellAsync(mail, DeliveryState.Bounced));

        var test = new EmailMessage(
            EmailMessageId.New(Clock), Owner.Agency, new NewMail(EmailKind.Test, MailSubject.Of(Owner.User), Owner.Email, "en"), Clock.Now);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        db.EmailMessages.Add(test);
        await db.SaveChangesAsync(Cancel);
        var report = Report(test, DeliveryState.Bounced);
        Assert.Equal(1, await Deliveries.ApplyAsync([report], Cancel));
        Assert.Equal(0, await Deliveries.ApplyAsync([report], Cancel));

        await using var after = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal(DeliveryState.Bounced, (await after.EmailMessages.SingleAsync(m => m.Id == test.Id, Cancel)).Delivery);
        Assert.False(await after.EmailMessages.AnyAsync(m => m.Kind == EmailKind.Undeliverable, Cancel));
    }

    [Fact]
    public async Task Text_from_outside_is_cut_to_fit_and_times_that_cannot_be_are_put_right()
    {
        var (request, mail) = await SentAsync();

        await TellAsync(mail, DeliveryState.Deferred, TimeSpan.FromDays(400), "\0" + new string('x', 2000));

        var told = (await DetailsOf(request)).Mails[0];
        Assert.Equal((EmailMessage.ErrorMaxLength, Clock.Now), (told.DeliveryText!.Length, told.DeliveryAt));
    }

    [Fact]
    public async Task Events_are_forgotten_when_no_repeat_of_them_is_taken_any_more()
    {
        var (_, mail) = await SentAsync();
        await TellAsync(mail, DeliveryState.Delivered);

        Clock.Advance(TimeSpan.FromHours(50));
        Assert.Equal(0, await Deliveries.ForgetAsync(Cancel));
        Clock.Advance(TimeSpan.FromHours(26));
        Assert.Equal(1, await Deliveries.ForgetAsync(Cancel));
    }

    private async Task<(RequestId Request, EmailMessage Mail)> SentAsync()
    {
        var request = await ARequest().For(To).SentAsync();
        await Outbox.DeliverAsync(Cancel);
        Mail.Forget();
        return (request.Id, (await DetailsOf(request.Id)).Mails[0]);
    }

    private Task<int> TellAsync(EmailMessage mail, DeliveryState state, TimeSpan after = default, string? text = null) =>
        Deliveries.ApplyAsync([Report(mail, state, after, text)], Cancel);

    private DeliveryReport Report(EmailMessage mail, DeliveryState state, TimeSpan after = default, string? text = null) =>
        new($"event-{_events++}", state, Clock.Now + after, mail.To.ToUpperInvariant(), mail.Id, null, text);
}

public sealed class DeliveryTestsOnSqlite() : DeliveryTests(DatabaseProvider.Sqlite);

public sealed class DeliveryTestsOnPostgres() : DeliveryTests(DatabaseProvider.Postgres);
