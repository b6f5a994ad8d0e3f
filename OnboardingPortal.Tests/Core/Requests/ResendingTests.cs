using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>A request is mailed again: to whom, how often, and when its time had run out.</summary>
public abstract class ResendingTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task It_goes_to_the_chosen_recipients_and_to_further_ones()
    {
        var request = await ARequest().For("a@bakery.example", "b@bakery.example").SentAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        var chosen = (await DetailsOf(request.Id)).Request.Recipients.Single(r => r.Email == "b@bakery.example").Id;

        Assert.Equal(
            3, Value(
                await Requests.ResendAsync(
                    Owner, request.Id, new ResendChoice([chosen, RecipientId.From(1)], "c@bakery.example; d@bakery.example"), Cancel)));

        var details = await DetailsOf(request.Id);
        Assert.Equal(["b@bakery.example", "c@bakery.example", "d@bakery.example"], details.Mails.Skip(2).Select(m => m.To));
        Assert.Equal((4, Clock.Now.AddMonths(1)), (details.Request.RecipientCount, details.Request.ExpiresAt));
        Assert.IsType<AddressMissing>((await Requests.ResendAsync(Owner, request.Id, new ResendChoice([]), Cancel)).Error);
        Assert.IsType<AddressesRefused>(
            (await Requests.ResendAsync(Owner, request.Id, new ResendChoice([chosen], "nobody"), Cancel)).Error);
    }

    [Fact]
    public async Task Whose_mail_came_back_is_left_out_until_somebody_chooses_them()
    {
        var request = await ARequest().For("back@bakery.example", "well@bakery.example").SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Recipients.Where(r => r.Email == "back@bakery.example")
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Delivery, DeliveryState.Bounced), Cancel);
        }

        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Value(await Requests.ResendAsync(Owner, request.Id, Cancel)));
        var back = (await DetailsOf(request.Id)).Request.Recipients.Single(r => r.MailCameBack).Id;
        Assert.Equal(1, Value(await Requests.ResendAsync(Owner, request.Id, new ResendChoice([back]), Cancel)));
        var details = await DetailsOf(request.Id);
        Assert.Equal(["well@bakery.example", "back@bakery.example"], details.Mails.Skip(2).Select(m => m.To));
        Assert.DoesNotContain(details.Request.Recipients, r => r.MailCameBack); // what becomes of the new one is not known yet
    }

    [Fact]
    public async Task When_every_mail_came_back_the_refusal_says_so_until_another_address_is_given()
    {
        var request = await ARequest().For("back@bakery.example").SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Recipients.ExecuteUpdateAsync(set => set.SetProperty(r => r.Delivery, DeliveryState.Bounced), Cancel);
        }

        Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<MailsCameBack>((await Requests.ResendAsync(Owner, request.Id, Cancel)).Error);
        Assert.Equal(1, Value(await Requests.SendAsync(Owner, request.Id, "new@bakery.example", Cancel)));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Value(await Requests.ResendAsync(Owner, request.Id, Cancel)));
    }

    [Fact]
    public async Task Two_presses_at_the_same_instant_mail_once_and_the_refusal_says_when_it_works_again()
    {
        var request = await ARequest().For("a@bakery.example").SentAsync();
        await using var other = Portal.AnotherNode();
        Clock.Advance(TimeSpan.FromDays(1));

        var presses = await Task.WhenAll(
            new[] { Portal, other }.Select(node => Task.Run(() => node.Get<RequestService>().ResendAsync(Owner, request.Id, Cancel))));

        Assert.Single(presses, p => p.Succeeded);
        Assert.Equal(new SentJustNow(TimeSpan.FromMinutes(1)), presses.Single(p => !p.Succeeded).Error);
        Clock.Advance(TimeSpan.FromSeconds(45));
        var refusal = (await Requests.SendAsync(Member, request.Id, "A@bakery.example", Cancel)).Error;
        Assert.Equal([15], Assert.IsType<SentJustNow>(refusal).Arguments);
        Assert.Equal(2, (await DetailsOf(request.Id)).Mails.Count);
        Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, Value(await Requests.ResendAsync(Owner, request.Id, Cancel)));
    }

    [Fact]
    public async Task Who_got_it_a_moment_ago_is_left_out_and_the_others_get_it()
    {
        var request = await ARequest().For("a@bakery.example").SentAsync();

        Assert.Equal(1, Value(await Requests.SendAsync(Owner, request.Id, "a@bakery.example, b@bakery.example", Cancel)));

        Assert.Equal(["a@bakery.example", "b@bakery.example"], (await DetailsOf(request.Id)).Mails.Select(m => m.To));
    }

    [Fact]
    public async Task One_request_is_sent_twenty_times_an_hour_at_most_and_a_hundred_requests_in_a_minute()
    {
        var request = await ARequest().SentAsync();
        for (var send = 1; send < RecentMails.MaxSends; send++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(1, Value(await Requests.ResendAsync(Owner, request.Id, Cancel)));
        }

        Clock.Advance(TimeSpan.FromMinutes(1));
        var refusal = Assert.IsType<SentTooOften>((await Requests.ResendAsync(Owner, request.Id, Cancel)).Error);
        Assert.Equal([20, 40], refusal.Arguments);
        Assert.IsType<SentTooOften>((await Requests.SendAsync(Member, request.Id, "new@bakery.example", Cancel)).Error);
        for (var burst = 0; burst < 100; burst++) await ARequest().SentAsync(); // to the same address, as an agency does that tidies up
        Clock.Advance(refusal.Wait);
        Assert.Equal(1, Value(await Requests.ResendAsync(Owner, request.Id, Cancel)));
    }

    [Fact]
    public async Task One_press_renews_an_expired_link_and_mails_it_to_the_recipients()
    {
        var request = await ARequest().For("a@bakery.example", "b@bakery.example").SentAsync();
        Assert.IsType<LinkNotExpired>((await Requests.RenewAsync(Owner, request.Id, Cancel)).Error);
        await Outbox.DeliverAsync(Cancel);
        Clock.Advance(TimeSpan.FromDays(40));
        Assert.Null(await Links.AskNewLinkAsync(request.Token, null, Cancel));

        var presses = await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => Task.Run(() => Requests.RenewAsync(Owner, request.Id, Cancel))));

        Assert.Equal(2, Value(presses.Single(p => p.Succeeded)));
        Assert.True(presses.Single(p => !p.Succeeded).Error is LinkNotExpired or SentJustNow); // by when the second looked
        Assert.True((await Links.FindAsync(request.Token, Cancel)).Succeeded);
        Assert.Equal(RequestStatus.Pending, (await RowOf(request.Id)).StoredStatus);
        Assert.Equal(3, await Outbox.DeliverAsync(Cancel)); // and that a new link is asked for
        foreach (var mail in Mail.Taken.Skip(2).Where(m => m.To != Owner.Email))
        {
            Assert.Contains((await request.LinkOfAsync(mail.To)).AbsoluteUri, mail.Content.Text, StringComparison.Ordinal);
        }

        Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.LinkRenewed);
        Assert.IsType<LinkNotExpired>(await Links.AskNewLinkAsync(request.Token, null, Cancel));
    }

    [Fact]
    public async Task A_renewed_link_that_nobody_was_mailed_waits_to_be_copied()
    {
        var draft = await ARequest().DraftAsync();
        Assert.IsType<LinkNotExpired>((await Requests.RenewAsync(Owner, draft.Id, Cancel)).Error);
        var link = Value(await Requests.CopyLinkAsync(Owner, draft.Id, Cancel));
        Clock.Advance(TimeSpan.FromDays(40));

        Assert.Equal(0, Value(await Requests.RenewAsync(Owner, draft.Id, Cancel)));

        Assert.Equal(link, Value(await Requests.CopyLinkAsync(Owner, draft.Id, Cancel)));
        Assert.Equal(Clock.Now.AddMonths(1), (await RowOf(draft.Id)).ExpiresAt);
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task The_timeline_tells_a_requests_whole_life()
    {
        var request = await ARequest().Asking(Mailchimp, new("salesforce"), new("activecampaign")).For("a@bakery.example").SentAsync();
        await Outbox.DeliverAsync(Cancel);
        Assert.Null(await Links.OpenAsync(request.Token, "198.51.100.7", Cancel));
        var baker = await AParticipant(request);
        Value(await Portal.Get<ConnectService>().BeginAsync(baker, Mailchimp, new(), Cancel));
        await AnAccount(baker, Mailchimp);
        Assert.Null(await Wizard.DeclineAsync(baker, new("salesforce"), DeclineReason.NotUsed, null, Cancel));
        Clock.Advance(TimeSpan.FromDays(40));
        await Portal.Get<RequestExpiry>().ExpireAsync(Cancel);
        Assert.Null(await Links.AskNewLinkAsync(request.Token, null, Cancel));
        Value(await Requests.RenewAsync(Owner, request.Id, Cancel));
        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));

        var events = (await DetailsOf(request.Id)).Events.Reverse().ToList();
        Assert.Equal(
            [
                AuditKind.RequestCreated, AuditKind.RequestSent, AuditKind.EmailSent, AuditKind.LinkOpened, AuditKind.RequestViewed,
                AuditKind.SignInStarted, AuditKind.SignedIn,
                AuditKind.PlatformDeclined, AuditKind.RequestExpired, AuditKind.NewLinkAsked, AuditKind.LinkRenewed, AuditKind.RequestSent,
                AuditKind.RequestCompleted,
            ],
            events.Select(e => e.Kind));
        Assert.All(
            events.Where(
                e => e.Kind is AuditKind.RequestViewed or AuditKind.SignInStarted or AuditKind.SignedIn or AuditKind.RequestCompleted),
                    e => Assert.Equal("The baker", e.ActorName));
        Assert.Equal(Mailchimp, events.Single(e => e.Kind == AuditKind.SignInStarted).Platform);
    }
}

public sealed class ResendingTestsOnSqlite() : ResendingTests(DatabaseProvider.Sqlite);

public sealed class ResendingTestsOnPostgres() : ResendingTests(DatabaseProvider.Postgres);
