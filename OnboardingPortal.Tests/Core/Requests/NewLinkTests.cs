using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>A link that got into wrong hands is replaced: it ends, and with it whoever came in by it.</summary>
public abstract class NewLinkTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task A_new_link_ends_the_one_before_and_whoever_came_in_by_it()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var eve = await AParticipant(request, "Eve");
        await Outbox.DeliverAsync(Cancel);
        Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, Value(await Requests.ReplaceLinkAsync(Owner, request.Id, Cancel)));

        Assert.IsType<LinkUnknown>((await Links.FindAsync(request.Token, Cancel)).Error);
        Assert.IsType<LinkUnknown>(await Links.OpenAsync(request.Token, null, Cancel));
        Assert.IsType<LinkUnknown>((await Links.IdentifyAsync(request.Token, new Visitor("Eve", "eve@evil.example"), null, Cancel)).Error);
        Assert.Null(await Wizard.FindCallerAsync(eve.Request, eve.Participant, null, Cancel));
        Assert.True(await Wizard.HasEndedAsync(eve.Request, eve.Participant, Cancel));
        Assert.Null(await Wizard.FindAsync(eve, Cancel));
        Assert.IsType<RequestNotFound>(await Wizard.DeclineAsync(eve, Mailchimp, DeclineReason.NotUsed, null, Cancel));
        Assert.IsType<RequestNotFound>(await Wizard.CompleteAsync(eve, Cancel));
        Assert.IsType<RequestNotFound>(
            (await Portal.Get<OnboardingPortal.Core.Connect.ConnectService>().BeginAsync(eve, Mailchimp, new(), Cancel)).Error);

        var renewed = await request.WithLinkAsync();
        Assert.NotEqual(request.Token, renewed.Token);
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Assert.Contains(
            (await renewed.LinkOfAsync("hello@bakery.example")).AbsoluteUri, Mail.Taken[^1].Content.Text, StringComparison.Ordinal);
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(renewed), Cancel));
        Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.LinkReplaced);
    }

    [Fact]
    public async Task What_was_connected_stays_and_is_seen_by_whoever_comes_by_the_new_link()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp);

        Value(await Requests.ReplaceLinkAsync(Owner, request.Id, Cancel));

        var state = await WizardOf(await AParticipant(await request.WithLinkAsync()));
        Assert.Equal("Blue Bakery", Assert.Single(state.Connections).Name);
    }

    [Fact]
    public async Task A_sign_in_that_was_under_way_brings_nothing_in_any_more()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var eve = await AParticipant(request, "Eve");

        Value(await Requests.ReplaceLinkAsync(Owner, request.Id, Cancel));

        var signIn = new PlatformSignIn(
            new PlatformAccount("account-1", "Evil Bakery", null), new PlatformCredentials("token", null, null, null));
        Assert.IsType<RequestNotFound>(
            (await Portal.Get<OnboardingPortal.Core.Connect.ClientAccounts>().AttachAsync(eve, Mailchimp, signIn, Cancel)).Error);
        Assert.Empty((await DetailsOf(request.Id)).Request.Connections);
    }

    [Fact]
    public async Task A_leaked_link_ends_also_when_nobody_can_be_mailed_now()
    {
        var request = await ARequest().SentAsync();

        Assert.Equal(0, Value(await Requests.ReplaceLinkAsync(Owner, request.Id, Cancel))); // mailed a moment ago

        Assert.IsType<LinkUnknown>((await Links.FindAsync(request.Token, Cancel)).Error);
        Assert.True((await Links.FindAsync((await request.WithLinkAsync()).Token, Cancel)).Succeeded);
    }

    [Fact]
    public async Task Made_up_participants_take_no_room_behind_the_new_link()
    {
        var request = await ARequest().SentAsync();
        for (var i = 0; i < LinkService.MaxParticipants; i++) await AParticipant(request, "Eve");
        Assert.IsType<TooManyParticipants>(
            (await Links.IdentifyAsync(request.Token, new Visitor("The baker", "a@bakery.example"), null, Cancel)).Error);

        Value(await Requests.ReplaceLinkAsync(Owner, request.Id, Cancel));

        await AParticipant(await request.WithLinkAsync());
    }

    [Fact]
    public async Task There_is_no_new_link_for_a_draft_nor_for_what_is_completed()
    {
        Assert.IsType<LinkUnknown>((await Requests.ReplaceLinkAsync(Owner, (await ARequest().DraftAsync()).Id, Cancel)).Error);
        var request = await ARequest().SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));
        Assert.IsType<RequestAlreadyCompleted>((await Requests.ReplaceLinkAsync(Owner, request.Id, Cancel)).Error);
    }
}

public sealed class NewLinkTestsOnSqlite() : NewLinkTests(DatabaseProvider.Sqlite);

public sealed class NewLinkTestsOnPostgres() : NewLinkTests(DatabaseProvider.Postgres);
