using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Wizard;

public abstract class WizardTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task Platforms_stand_in_the_order_of_the_form()
    {
        PlatformKey[] ticked = [new("googleads"), new("hubspot"), Mailchimp, new("salesforce")];

        var wizard = await WizardOf(await AParticipant(await ARequest().Asking(ticked).SentAsync()));

        Assert.Equal(["Mailchimp", "Salesforce", "HubSpot", "Google Ads"], wizard.Platforms.Select(p => p.Name));
    }

    [Fact]
    public async Task The_wizard_has_a_step_for_each_kind_of_thing_asked_for_and_starts_at_the_first()
    {
        var both = await WizardOf(await AParticipant(await ARequest().Asking(Mailchimp, Facebook).SentAsync()));
        var one = await WizardOf(await AParticipant(await ARequest().Asking(Mailchimp).SentAsync()));

        Assert.Equal([PlatformGrants.Assets, PlatformGrants.Account], both.Steps);
        Assert.Equal(PlatformGrants.Assets, both.Step);
        Assert.Equal(
            (RequestBuilder.Business.Name, RequestBuilder.Business.ExternalId), (both.BusinessManagerName, both.BusinessManagerId));
        Assert.Equal("Brightside Agency", both.AgencyName);
        Assert.Equal([PlatformGrants.Account], one.Steps);
        Assert.Equal(PlatformGrants.Account, one.Step);
        Assert.Null(one.BusinessManagerName);
    }

    [Fact]
    public async Task Each_participant_goes_on_at_their_own_step()
    {
        var request = await ARequest().Asking(Facebook, Mailchimp).SentAsync();
        var (baker, clerk) = (await AParticipant(request), await AParticipant(request, "The clerk"));

        Assert.Null(await Wizard.GoToAsync(baker, PlatformGrants.Account, Cancel));

        Assert.Equal(PlatformGrants.Account, (await WizardOf(baker)).Step);
        Assert.Equal(PlatformGrants.Assets, (await WizardOf(clerk)).Step);
    }

    [Fact]
    public async Task A_step_that_the_request_does_not_have_is_not_gone_to()
    {
        var baker = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());

        Assert.Null(await Wizard.GoToAsync(baker, PlatformGrants.Assets, Cancel));

        Assert.Equal(PlatformGrants.Account, (await WizardOf(baker)).Step);
    }

    [Fact]
    public async Task A_platform_that_is_not_used_is_noted_and_can_be_used_after_all()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var baker = await AParticipant(request);
        Assert.False((await WizardOf(baker)).IsAnswered(PlatformGrants.Account));

        Assert.Null(await Wizard.DeclineAsync(baker, Mailchimp, DeclineReason.NotUsed, null, Cancel));
        var declined = await WizardOf(baker);
        Assert.True(Assert.Single((await RowOf(request.Id)).Accounts).Declined);
        Assert.Null(await Wizard.ReclaimAsync(baker, Mailchimp, Cancel));

        Assert.True(declined.Platforms[0].Declined);
        Assert.True(declined.IsAnswered(PlatformGrants.Account));
        Assert.False((await WizardOf(baker)).Platforms[0].Declined);
        Assert.Equal(
            [AuditKind.PlatformReclaimed, AuditKind.PlatformDeclined], (await DetailsOf(request.Id)).Events.Take(2).Select(e => e.Kind));
    }

    [Fact]
    public async Task A_platform_that_was_not_asked_for_cannot_be_declined()
    {
        var baker = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());

        Assert.NotNull(await Wizard.DeclineAsync(baker, Facebook, DeclineReason.NotUsed, null, Cancel));
    }

    [Fact]
    public async Task Several_accounts_of_one_platform_can_be_connected_and_each_once()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var baker = await AParticipant(request);

        var first = await AnAccount(baker, Mailchimp, "m1", "Blue Bakery");
        await AnAccount(baker, Mailchimp, "m2", "Blue Café");
        var again = await AnAccount(baker, Mailchimp, "m1", "Blue Bakery Ltd");

        Assert.Equal(first, again);
        Assert.Equal(["Blue Bakery Ltd", "Blue Café"], (await WizardOf(baker)).ConnectionsOf(Mailchimp).Select(c => c.Name));
        var summary = Assert.Single((await RowOf(request.Id)).Accounts);
        Assert.Equal((2, false, false), (summary.Connected, summary.Problem, summary.Declined));
        Assert.Equal(["Blue Bakery Ltd", "Blue Café"], summary.Names.Order());
    }

    [Fact]
    public async Task Connecting_takes_back_that_the_platform_is_not_used()
    {
        var baker = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());
        Assert.Null(await Wizard.DeclineAsync(baker, Mailchimp, DeclineReason.NotUsed, null, Cancel));

        await AnAccount(baker, Mailchimp);

        Assert.False((await WizardOf(baker)).Platforms[0].Declined);
    }

    [Fact]
    public async Task Two_people_who_sign_in_to_one_account_at_once_connect_it_once()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var (baker, clerk) = (await AParticipant(request), await AParticipant(request, "The clerk"));

        var ids = await Task.WhenAll(AnAccount(baker, Mailchimp, "m1"), AnAccount(clerk, Mailchimp, "m1"));

        Assert.Equal(ids[0], ids[1]);
        Assert.Single((await WizardOf(baker)).Connections);
    }

    [Fact]
    public async Task Everybody_sees_an_account_and_only_who_signed_in_can_take_it_back()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var (baker, clerk) = (await AParticipant(request), await AParticipant(request, "The clerk"));
        var account = await AnAccount(baker, Mailchimp);

        var seen = Assert.Single((await WizardOf(clerk)).Connections);
        Assert.Equal((false, "The baker"), (seen.Mine, seen.ByName));
        Assert.IsType<RequestNotFound>(await Wizard.RemoveAccountAsync(clerk, account, Cancel));
        Assert.True(Assert.Single((await WizardOf(baker)).Connections).Mine);
    }

    [Fact]
    public async Task An_account_taken_back_is_gone_with_its_credentials_and_can_come_back()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var baker = await AParticipant(request);
        var account = await AnAccount(baker, Mailchimp);

        Assert.Null(await Wizard.RemoveAccountAsync(baker, account, Cancel));
        Assert.Null(await Wizard.RemoveAccountAsync(baker, account, Cancel));

        Assert.Empty((await WizardOf(baker)).Connections);
        var details = await DetailsOf(request.Id);
        Assert.Null(Assert.Single(details.Request.Connections).Credentials);
        Assert.Equal((AuditKind.AccountRemoved, "Blue Bakery"), (details.Events[0].Kind, details.Events[0].Detail));
        Assert.Equal(0, (await RowOf(request.Id)).Accounts[0].Connected);
        Assert.Empty(await Portal.Get<ConnectionList>().ListAccountsAsync(Owner.Scope, Cancel));

        Assert.Equal(account, await AnAccount(baker, Mailchimp));
        Assert.Single((await WizardOf(baker)).Connections);
    }

    [Fact]
    public async Task Nothing_can_be_changed_once_the_link_has_expired_but_what_was_done_is_still_shown()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var baker = await AParticipant(request);
        var account = await AnAccount(baker, Mailchimp);
        Clock.Advance(TimeSpan.FromDays(40));

        Assert.IsType<LinkExpired>(await Wizard.GoToAsync(baker, PlatformGrants.Account, Cancel));
        Assert.IsType<LinkExpired>(await Wizard.DeclineAsync(baker, Mailchimp, DeclineReason.NotUsed, null, Cancel));
        Assert.IsType<LinkExpired>(await Wizard.RemoveAccountAsync(baker, account, Cancel));
        Assert.IsType<LinkExpired>(await Wizard.CompleteAsync(baker, Cancel));
        Assert.IsType<LinkExpired>((await Portal.Get<ConnectService>().BeginAsync(baker, Mailchimp, new(), Cancel)).Error);
        var state = await WizardOf(baker);
        Assert.Equal(RequestStatus.Expired, state.Status);
        Assert.Single(state.Connections);
    }

    [Fact]
    public async Task What_was_done_is_there_after_a_restart_and_the_link_lives_on_when_it_is_renewed()
    {
        var request = await ARequest().Asking(Facebook, Mailchimp).SentAsync();
        var baker = await AParticipant(request);
        await AnAccount(baker, Mailchimp);
        Assert.Null(await Wizard.GoToAsync(baker, PlatformGrants.Account, Cancel));
        Clock.Advance(TimeSpan.FromDays(40));
        Value(await Requests.ResendAsync(Owner, request.Id, Cancel));

        await using var restarted = Portal.AnotherNode();
        var caller = await restarted.Get<WizardService>().FindCallerAsync(request.Id, baker.Participant, null, Cancel);
        var state = await restarted.Get<WizardService>().FindAsync(caller!, Cancel);

        Assert.Equal((RequestStatus.Pending, PlatformGrants.Account), (state!.Status, state.Step));
        Assert.Single(state.Connections);
        Assert.True((await restarted.Get<LinkService>().FindAsync(request.Token, Cancel)).Succeeded);
    }
}

public sealed class WizardTestsOnSqlite() : WizardTests(DatabaseProvider.Sqlite);

public sealed class WizardTestsOnPostgres() : WizardTests(DatabaseProvider.Postgres);
