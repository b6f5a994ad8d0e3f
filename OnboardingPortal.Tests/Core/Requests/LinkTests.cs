using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

public abstract class LinkTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task A_live_link_shows_who_asks_for_what_and_looking_changes_nothing()
    {
        var request = await ARequest().Saying("<b>Hi</b>").Asking(Facebook, Mailchimp).SentAsync();
        var before = await DetailsOf(request.Id);

        var landing = Value(await Links.FindAsync(request.Token, Cancel));

        Assert.Equal(
            (request.Id, Owner.Agency, "Brightside Agency", "The owner"),
            (landing.Request, landing.Agency, landing.AgencyName, landing.RequesterName));
        Assert.Equal("<b>Hi</b>", landing.Message);
        Assert.Equal([Facebook, Mailchimp], landing.Platforms);
        Assert.Equal(before.Request.ExpiresAt, landing.ExpiresAt);
        var after = await DetailsOf(request.Id);
        Assert.Equal((before.Request.Version, before.Events.Count), (after.Request.Version, after.Events.Count));
        Assert.Null(after.Request.OpenedAt);
    }

    [Fact]
    public async Task The_requester_is_not_named_when_the_agency_says_so()
    {
        var request = await ARequest().SentAsync();
        Assert.Null(
            await Portal.Get<AgencyService>()
                .ChangeSettingsAsync(Owner, TestPortal.NewSettings with { IncludeRequesterName = false }, Cancel));

        Assert.Null(Value(await Links.FindAsync(request.Token, Cancel)).RequesterName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("' OR 1=1 --")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_link_that_was_never_issued_is_unknown(string token)
    {
        await ARequest().DraftAsync();
        await ARequest().SentAsync();

        Assert.IsType<LinkUnknown>((await Links.FindAsync(token, Cancel)).Error);
        Assert.IsType<LinkUnknown>(await Links.OpenAsync(token, null, Cancel));
        Assert.IsType<LinkUnknown>((await Links.IdentifyAsync(token, new Visitor("", ""), null, Cancel)).Error);
        Assert.IsType<LinkUnknown>(await Links.AskNewLinkAsync(token, null, Cancel));
        Assert.Null(await Links.FindRequestAsync(token));
        Assert.Null(await Links.FindLanguageAsync(token));
    }

    [Fact]
    public async Task A_link_lets_so_many_people_in_and_no_more_and_who_is_in_goes_on()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var first = await AParticipant(request);
        for (var i = 1; i < LinkService.MaxParticipants; i++) await AParticipant(request, $"Visitor {i}");

        Assert.IsType<TooManyParticipants>(
            (await Links.IdentifyAsync(request.Token, new Visitor("One more", "one@more.example"), null, Cancel)).Error);

        Assert.Equal(LinkService.MaxParticipants, (await DetailsOf(request.Id)).Request.Participants.Count);
        Assert.Null(await Wizard.DeclineAsync(first, Mailchimp, DeclineReason.NotUsed, null, Cancel));
    }

    [Fact]
    public async Task A_link_dies_at_its_instant_before_any_job_has_noted_it()
    {
        var request = await ARequest().SentAsync();
        Clock.Advance(Clock.Now.AddMonths(1) - Clock.Now - TimeSpan.FromTicks(10));
        Assert.True((await Links.FindAsync(request.Token, Cancel)).Succeeded);

        Clock.Advance(TimeSpan.FromTicks(10));

        Assert.IsType<LinkExpired>((await Links.FindAsync(request.Token, Cancel)).Error);
        Assert.IsType<LinkExpired>(await Links.OpenAsync(request.Token, null, Cancel));
        Assert.IsType<LinkExpired>((await Links.IdentifyAsync(request.Token, new Visitor("A", "a@b.example"), null, Cancel)).Error);
        Assert.Equal(RequestStatus.Pending, (await RowOf(request.Id)).StoredStatus);
        Assert.Equal(RequestStatus.Expired, (await RowOf(request.Id)).StatusAt(Clock.Now));
        Assert.Equal(RequestStatus.Expired, (await DetailsOf(request.Id)).Status);
    }

    [Fact]
    public async Task The_expiry_job_notes_each_dead_link_once()
    {
        var request = await ARequest().SentAsync();
        await ARequest().DraftAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        var alive = await ARequest().SentAsync();

        Assert.Equal(1, await Portal.Get<RequestExpiry>().ExpireAsync(Cancel));
        Assert.Equal(0, await Portal.Get<RequestExpiry>().ExpireAsync(Cancel));

        Assert.Equal(RequestStatus.Expired, (await RowOf(request.Id)).StoredStatus);
        Assert.Equal(RequestStatus.Pending, (await RowOf(alive.Id)).StoredStatus);
        Assert.Equal(AuditKind.RequestExpired, (await DetailsOf(request.Id)).Events[0].Kind);
        Assert.IsType<LinkExpired>((await Links.FindAsync(request.Token, Cancel)).Error);
    }

    [Fact]
    public async Task Two_nodes_that_expire_at_once_note_a_dead_link_once()
    {
        var request = await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        await using var other = Portal.AnotherNode();

        var expired = await Task.WhenAll(Portal.Get<RequestExpiry>().ExpireAsync(Cancel), other.Get<RequestExpiry>().ExpireAsync(Cancel));

        Assert.Equal(1, expired.Sum());
        Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.RequestExpired);
    }

    [Fact]
    public async Task A_completed_link_says_who_completed_it_and_when()
    {
        var request = await ARequest().SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request, "Dora Done"), Cancel));
        Clock.Advance(TimeSpan.FromDays(400));

        var completed = new RequestAlreadyCompleted("Dora Done", FakeTime.Start);
        Assert.Equal(completed, (await Links.FindAsync(request.Token, Cancel)).Error);
        Assert.Equal(completed, await Links.OpenAsync(request.Token, null, Cancel));
        Assert.Equal(completed, (await Links.IdentifyAsync(request.Token, new Visitor("A", "a@b.example"), null, Cancel)).Error);
        Assert.Equal(completed, await Links.AskNewLinkAsync(request.Token, null, Cancel));
        Assert.Equal(request.Id, await Links.FindRequestAsync(request.Token));
    }

    [Fact]
    public async Task Opening_counts_once()
    {
        var request = await ARequest().SentAsync();

        Assert.Null(await Links.OpenAsync(request.Token, "203.0.113.5", Cancel));
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await Links.OpenAsync(request.Token, "203.0.113.6", Cancel));

        var details = await DetailsOf(request.Id);
        Assert.Equal(FakeTime.Start, details.Request.OpenedAt);
        Assert.Equal("203.0.113.5", Assert.Single(details.Events, e => e.Kind == AuditKind.LinkOpened).Address);
        Assert.Equal(RequestActivity.Opened, (await RowOf(request.Id)).Activity);
    }

    [Fact]
    public async Task Opening_twice_at_once_counts_once()
    {
        var request = await ARequest().SentAsync();

        Assert.All(
            await Task.WhenAll(Links.OpenAsync(request.Token, null, Cancel), Links.OpenAsync(request.Token, null, Cancel)), Assert.Null);

        Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.LinkOpened);
    }

    [Fact]
    public async Task The_language_of_a_link_is_the_one_the_sender_chose()
    {
        var german = await ARequest().In("de").SentAsync();
        var any = await ARequest().SentAsync();

        Assert.Equal("de", await Links.FindLanguageAsync(german.Token));
        Assert.Equal("de", await Links.FindLanguageAsync(german.Id, Cancel));
        Assert.Null(await Links.FindLanguageAsync(any.Token));
        Assert.Null(await Links.FindLanguageAsync(any.Id, Cancel));
    }

    [Fact]
    public async Task Asking_for_a_new_link_tells_the_requester_once_an_hour()
    {
        var request = await ARequest().By(Member).SentAsync();
        await Outbox.DeliverAsync(Cancel);
        Clock.Advance(TimeSpan.FromDays(40));

        Assert.Null(await Links.AskNewLinkAsync(request.Token, "203.0.113.5", Cancel));
        Clock.Advance(LinkService.AskAgainAfter - TimeSpan.FromSeconds(1));
        Assert.IsType<NewLinkAlreadyAsked>(await Links.AskNewLinkAsync(request.Token, "203.0.113.6", Cancel));
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Links.AskNewLinkAsync(request.Token, null, Cancel));

        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Assert.Equal([Member.Email, Member.Email], Mail.Taken.Skip(1).Select(m => m.To));
        Assert.Contains(
            $"{TestPortal.PublicUrl}collaboration/requests/{request.Id}", Mail.Taken[^1].Content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(request.Token, Mail.Taken[^1].Content.Text, StringComparison.Ordinal);
        Assert.Equal(RequestActivity.NewLinkAsked, (await RowOf(request.Id)).Activity);
    }

    [Fact]
    public async Task One_network_address_asks_for_twenty_new_links_a_day_and_others_go_on()
    {
        var requests = new List<GivenRequest>();
        for (var i = 0; i <= LinkService.MaxAskedFromAddress; i++) requests.Add(await ARequest().SentAsync());
        Clock.Advance(TimeSpan.FromDays(40));
        foreach (var request in requests.Skip(1)) Assert.Null(await Links.AskNewLinkAsync(request.Token, "203.0.113.5", Cancel));

        Assert.IsType<NewLinksAskedTooOften>(await Links.AskNewLinkAsync(requests[0].Token, "203.0.113.5", Cancel));
        Assert.Null((await DetailsOf(requests[0].Id)).Request.NewLinkAskedAt); // nothing is noted
        Assert.Null(await Links.AskNewLinkAsync(requests[0].Token, "203.0.113.6", Cancel));
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Links.AskNewLinkAsync(requests[1].Token, "203.0.113.5", Cancel));
    }

    [Fact]
    public async Task A_requester_gets_fifty_mails_about_new_links_a_day_and_sees_the_rest_on_the_portal()
    {
        var requests = new List<GivenRequest>();
        for (var i = 0; i <= LinkService.MaxMailsToRequester; i++) requests.Add(await ARequest().SentAsync());
        var members = await ARequest().By(Member).SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel)); // what waited is over

        for (var i = 0; i < requests.Count; i++) Assert.Null(await Links.AskNewLinkAsync(requests[i].Token, $"203.0.113.{i}", Cancel));
        Assert.Null(await Links.AskNewLinkAsync(members.Token, "203.0.113.99", Cancel));

        Assert.Equal(LinkService.MaxMailsToRequester + 1, await Outbox.DeliverAsync(Cancel)); // and one to the other requester
        Assert.Equal(RequestActivity.NewLinkAsked, (await RowOf(requests[^1].Id)).Activity);
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Links.AskNewLinkAsync(requests[0].Token, null, Cancel));
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task A_requester_who_has_left_the_agency_is_not_mailed()
    {
        var request = await ARequest().By(Member).SentAsync();
        await Outbox.DeliverAsync(Cancel);
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            db.Users.Remove((await db.Users.FindAsync([Member.User.Value], Cancel))!);
            await db.SaveChangesAsync(Cancel);
        }

        Clock.Advance(TimeSpan.FromDays(40));
        Assert.Null(await Links.AskNewLinkAsync(request.Token, null, Cancel));

        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
    }
}

public sealed class LinkTestsOnSqlite() : LinkTests(DatabaseProvider.Sqlite);

public sealed class LinkTestsOnPostgres() : LinkTests(DatabaseProvider.Postgres);
