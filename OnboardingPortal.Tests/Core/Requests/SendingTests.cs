using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

public abstract class SendingTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task Sending_turns_a_draft_into_a_pending_request_with_one_mail_a_recipient()
    {
        var draft = await ARequest().DraftAsync();

        Assert.Equal(2, Value(await Requests.SendAsync(Owner, draft.Id, "a@bakery.example;b@bakery.example", Cancel)));

        var details = await DetailsOf(draft.Id);
        Assert.Equal(RequestStatus.Pending, details.Status);
        Assert.Equal(Clock.Now.AddMonths(1), details.Request.ExpiresAt);
        Assert.Equal(["a@bakery.example", "b@bakery.example"], details.Mails.Select(m => m.To));
        Assert.Equal(
            ["b@bakery.example", "a@bakery.example"], details.Events.Where(e => e.Kind == AuditKind.RequestSent).Select(e => e.Detail));
        Assert.Equal(2, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task One_wrong_address_is_named_and_nothing_is_sent()
    {
        var draft = await ARequest().DraftAsync();

        var refused = await Requests.SendAsync(Owner, draft.Id, "a@bakery.example, nobody, b@bakery", Cancel);

        Assert.Equal(["nobody", "b@bakery"], Assert.IsType<AddressesRefused>(refused.Error).Addresses);
        Assert.Equal(RequestStatus.Draft, (await RowOf(draft.Id)).StoredStatus);
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task A_request_has_fifty_recipients_at_most_however_often_it_is_sent()
    {
        var request = await ARequest().For([.. Enumerable.Range(0, 49).Select(i => $"a{i}@bakery.example")]).SentAsync();

        Assert.Equal(
            new TooManyAddresses(51), (await Requests.SendAsync(Owner, request.Id, "b1@bakery.example,b2@bakery.example", Cancel)).Error);
        Assert.Equal(49, (await RowOf(request.Id)).RecipientCount);
        Assert.Equal(1, Value(await Requests.SendAsync(Owner, request.Id, "b1@bakery.example", Cancel)));
    }

    [Fact]
    public async Task A_double_click_sends_once()
    {
        var draft = await ARequest().DraftAsync();

        var clicks = await Task.WhenAll(
            Requests.SendAsync(Owner, draft.Id, "a@bakery.example", Cancel),
            Requests.SendAsync(Owner, draft.Id, "A@bakery.example", Cancel));

        Assert.Single(clicks, c => c.Succeeded);
        Assert.IsType<SentJustNow>(clicks.Single(c => !c.Succeeded).Error);
        Assert.IsType<SentJustNow>((await Requests.ResendAsync(Owner, draft.Id, Cancel)).Error);
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task After_a_minute_it_can_be_sent_again()
    {
        var request = await ARequest().For("a@bakery.example").SentAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, Value(await Requests.SendAsync(Member, request.Id, "a@bakery.example", Cancel)));
        Assert.Equal(2, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(1, (await RowOf(request.Id)).RecipientCount);
    }

    [Fact]
    public async Task Another_recipient_can_be_added_at_once()
    {
        var request = await ARequest().For("a@bakery.example").SentAsync();

        Assert.Equal(1, Value(await Requests.SendAsync(Owner, request.Id, "b@bakery.example", Cancel)));

        var row = await RowOf(request.Id);
        Assert.Equal(("a@bakery.example", 2), (row.FirstRecipient, row.RecipientCount));
    }

    [Fact]
    public async Task Resending_renews_the_links_life_and_keeps_the_link()
    {
        var request = await ARequest().For("a@bakery.example", "b@bakery.example").SentAsync();
        Clock.Advance(TimeSpan.FromDays(20));

        Assert.Equal(2, Value(await Requests.ResendAsync(Owner, request.Id, Cancel)));

        Assert.Equal(Clock.Now.AddMonths(1), (await RowOf(request.Id)).ExpiresAt);
        Assert.True((await Links.FindAsync(request.Token, Cancel)).Succeeded);
    }

    [Fact]
    public async Task Resending_wakes_an_expired_request_up_again()
    {
        var request = await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(1, await Portal.Get<RequestExpiry>().ExpireAsync(Cancel));

        Assert.Equal(1, Value(await Requests.ResendAsync(Owner, request.Id, Cancel)));

        Assert.Equal(RequestStatus.Pending, (await RowOf(request.Id)).StoredStatus);
        Assert.True((await Links.FindAsync(request.Token, Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_request_nobody_was_mailed_cannot_be_resent()
    {
        var draft = await ARequest().DraftAsync();

        Assert.IsType<AddressMissing>((await Requests.ResendAsync(Owner, draft.Id, Cancel)).Error);
    }

    [Fact]
    public async Task A_completed_request_cannot_be_sent_resent_copied_or_deleted()
    {
        var request = await ARequest().SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));
        Clock.Advance(TimeSpan.FromMinutes(1));
        var completed = new RequestAlreadyCompleted("The baker", FakeTime.Start);

        Assert.Equal(completed, (await Requests.SendAsync(Owner, request.Id, "x@bakery.example", Cancel)).Error);
        Assert.Equal(completed, (await Requests.ResendAsync(Owner, request.Id, Cancel)).Error);
        Assert.Equal(completed, (await Requests.CopyLinkAsync(Owner, request.Id, Cancel)).Error);
        Assert.Equal(completed, (await Requests.DeleteAsync(Owner, request.Id, Cancel)).Error);
    }

    [Fact]
    public async Task Copying_the_link_starts_its_life_and_gives_the_same_link_each_time()
    {
        var draft = await ARequest().DraftAsync();

        var first = Value(await Requests.CopyLinkAsync(Owner, draft.Id, Cancel));
        Clock.Advance(TimeSpan.FromDays(1));
        var second = Value(await Requests.CopyLinkAsync(Member, draft.Id, Cancel));

        Assert.Equal(first, second);
        Assert.StartsWith(TestPortal.PublicUrl + "r/", first.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(43, first.Segments[^1].Length);
        Assert.Equal(FakeTime.Start.AddMonths(1), (await RowOf(draft.Id)).ExpiresAt);
        Assert.Equal(RequestStatus.Pending, (await RowOf(draft.Id)).StoredStatus);
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task An_expired_link_cannot_be_copied()
    {
        var request = await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));

        Assert.IsType<LinkExpired>((await Requests.CopyLinkAsync(Owner, request.Id, Cancel)).Error);
    }

    [Fact]
    public async Task Deleting_kills_the_link_at_once_and_it_is_then_like_one_that_never_was()
    {
        var request = await ARequest().SentAsync();
        var participant = await AParticipant(request);

        Assert.Equal(request.Id, Value(await Requests.DeleteAsync(Owner, request.Id, Cancel)));

        var unknown = SecretTokens.New();
        Assert.Equal((await Links.FindAsync(unknown, Cancel)).Error, (await Links.FindAsync(request.Token, Cancel)).Error);
        Assert.Equal(await Links.OpenAsync(unknown, null, Cancel), await Links.OpenAsync(request.Token, null, Cancel));
        Assert.Equal(await Links.AskNewLinkAsync(unknown, null, Cancel), await Links.AskNewLinkAsync(request.Token, null, Cancel));
        Assert.Equal(new LinkUnknown(), (await Links.FindAsync(request.Token, Cancel)).Error);
        Assert.Null(await Links.FindRequestAsync(request.Token));
        Assert.Null(await Wizard.FindCallerAsync(participant.Request, participant.Participant, null, Cancel));
        Assert.Null(await Wizard.FindAsync(participant, Cancel));
        Assert.IsType<RequestNotFound>(await Wizard.CompleteAsync(participant, Cancel));
        Assert.IsType<RequestNotFound>((await Requests.DeleteAsync(Owner, request.Id, Cancel)).Error);
        Assert.Null(await Table.FindAsync(Owner.Scope, request.Id, Cancel));
        Assert.Null(await Portal.Get<RequestDetailsReader>().FindAsync(Owner.Scope, request.Id, Cancel));
        Assert.Equal(0, await Table.CountAsync(Owner.Scope, null, null, Cancel));
    }

    [Fact]
    public async Task A_deleted_request_mails_nobody_any_more()
    {
        var request = await ARequest().SentAsync();
        Value(await Requests.DeleteAsync(Owner, request.Id, Cancel));

        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
        Assert.Empty(Mail.Tried);
    }
}

public sealed class SendingTestsOnSqlite() : SendingTests(DatabaseProvider.Sqlite);

public sealed class SendingTestsOnPostgres() : SendingTests(DatabaseProvider.Postgres);

public abstract class LinkLifetimeTests(DatabaseProvider database) : PortalTest(database)
{
    protected override Dictionary<string, string?> Settings => new() { ["Requests:LinkLifetime"] = "00:05:00" };

    [Fact]
    public async Task A_configured_life_replaces_the_calendar_month()
    {
        var request = await ARequest().SentAsync();

        Assert.Equal(Clock.Now.AddMinutes(5), (await RowOf(request.Id)).ExpiresAt);
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.IsType<LinkExpired>((await Links.FindAsync(request.Token, Cancel)).Error);
    }
}

public sealed class LinkLifetimeTestsOnSqlite() : LinkLifetimeTests(DatabaseProvider.Sqlite);

public sealed class LinkLifetimeTestsOnPostgres() : LinkLifetimeTests(DatabaseProvider.Postgres);
