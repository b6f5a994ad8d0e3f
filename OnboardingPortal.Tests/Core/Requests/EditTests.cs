using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>A request is changed after it was saved, also while the client works on it.</summary>
public abstract class EditTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly PlatformKey Salesforce = new("salesforce");
    private static readonly PlatformKey HubSpot = new("hubspot");
    private static readonly BusinessManager Second = new("555000111222444", "Second Business", IsAdmin: true, "122100000000000002");

    private RequestEditor Editor => Portal.Get<RequestEditor>();

    [Fact]
    public async Task Message_services_and_Business_Manager_change_under_the_same_link_and_nobody_is_mailed()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        await Outbox.DeliverAsync(Cancel);
        var baker = await AParticipant(request);
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);

        Assert.Null(
            await Editor.SaveAsync(
                Member, request.Id, new RequestTerms(" New words ", [Facebook, Salesforce], user, RequestBuilder.Business.ExternalId),
                Cancel));

        var landing = Value(await Links.FindAsync(request.Token, Cancel));
        Assert.Equal("New words", landing.Message);
        Assert.Equal([Facebook, Salesforce], landing.Platforms.OrderBy(p => p.Value));
        var wizard = await WizardOf(baker);
        Assert.Equal([PlatformGrants.Assets, PlatformGrants.Account], wizard.Steps);
        Assert.Equal(RequestBuilder.Business.Name, wizard.BusinessManagerName);
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
        var noted = (await DetailsOf(request.Id)).Events[0];
        Assert.Equal((AuditKind.RequestChanged, Member.Name), (noted.Kind, noted.ActorName));
        Assert.Equal("message, +facebook, +salesforce, -mailchimp, business: Brightside Business", noted.Detail);
        Assert.Equal(["facebook", "salesforce"], (await RowOf(request.Id)).Accounts.Select(a => a.Platform).Order());
    }

    [Fact]
    public async Task A_draft_and_an_expired_request_can_be_changed_a_completed_one_cannot()
    {
        var draft = await ARequest().DraftAsync();
        Assert.Null(await Editor.SaveAsync(Owner, draft.Id, Saying("Of a draft"), Cancel));
        var completed = await ARequest().SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(completed), Cancel));
        var expired = await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        Assert.Null(await Editor.SaveAsync(Owner, expired.Id, Saying("Of an expired one"), Cancel));

        Assert.Equal(
            (RequestStatus.Draft, "Of a draft"), ((await DetailsOf(draft.Id)).Status, (await DetailsOf(draft.Id)).Request.Message));
        Assert.Equal(
            (RequestStatus.Expired, "Of an expired one"),
            ((await DetailsOf(expired.Id)).Status, (await DetailsOf(expired.Id)).Request.Message));
        Assert.IsType<RequestAlreadyCompleted>(await Editor.SaveAsync(Owner, completed.Id, Saying("Too late"), Cancel));
        Assert.IsType<RequestAlreadyCompleted>((await Editor.FindAsync(Owner, completed.Id, Cancel)).Error);
        Assert.IsType<RequestNotFound>(await Editor.SaveAsync(Stranger, draft.Id, Saying("Mine"), Cancel));
    }

    [Fact]
    public async Task What_breaks_the_rules_of_a_new_request_breaks_those_of_a_change_and_saves_nothing()
    {
        var request = await ARequest().Asking(Mailchimp).Saying("Old words").SentAsync();
        var events = (await DetailsOf(request.Id)).Events.Count;

        var refused = Assert.IsType<InputRefused>(await Editor.SaveAsync(Owner, request.Id, new RequestTerms(" ", [], null, null), Cancel));
        Assert.Equal([nameof(RequestTerms.Message), nameof(RequestTerms.Platforms)], refused.Fields.Keys.Order());
        Assert.Contains(
            nameof(RequestTerms.BusinessManagerId),
            Assert.IsType<InputRefused>(
                await Editor.SaveAsync(Owner, request.Id, new RequestTerms("m", [Facebook], null, null), Cancel)).Fields.Keys);
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        // not an Admin there
        Assert.IsType<BusinessManagerRefused>(
            await Editor.SaveAsync(Owner, request.Id, new RequestTerms("m", [Facebook], user, "555000999"), Cancel));

        var details = await DetailsOf(request.Id);
        Assert.Equal(("Old words", events), (details.Request.Message, details.Events.Count));
    }

    [Fact]
    public async Task A_change_of_nothing_is_not_noted()
    {
        var request = await ARequest().Asking(Mailchimp).Saying("The same").SentAsync();

        Assert.Null(await Editor.SaveAsync(Owner, request.Id, Saying("The same"), Cancel));

        Assert.DoesNotContain((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.RequestChanged);
    }

    [Fact]
    public async Task What_the_client_connected_declined_or_signs_in_to_stays()
    {
        var request = await ARequest().Asking(Mailchimp, Salesforce, HubSpot, new("googlesheets")).SentAsync();
        var baker = await AParticipant(request);
        await AnAccount(baker, Mailchimp);
        Assert.Null(await Wizard.DeclineAsync(baker, Salesforce, DeclineReason.NotUsed, null, Cancel));
        Value(await Portal.Get<ConnectService>().BeginAsync(baker, HubSpot, new(), Cancel));

        var found = Value(await Editor.FindAsync(Owner, request.Id, Cancel));
        Assert.Equal(
            [(HubSpot, KeptReason.SigningIn), (Mailchimp, KeptReason.Connected), (Salesforce, KeptReason.Declined)],
            found.Kept.Select(k => (k.Key, k.Value)).OrderBy(k => k.Key.Value));
        foreach (var (platform, reason) in found.Kept)
        {
            Assert.Equal(new ServiceKept(platform, reason), await Editor.SaveAsync(
                Owner, request.Id,
                found.Terms with { Message = "Other words", Platforms = [.. found.Terms.Platforms.Where(p => p != platform)] }, Cancel));
        }

        Assert.NotEqual("Other words", (await DetailsOf(request.Id)).Request.Message);
        // nobody touched Google Sheets
        Assert.Null(await Editor.SaveAsync(Owner, request.Id, new RequestTerms("Other words", [.. found.Kept.Keys], null, null), Cancel));
        Clock.Advance(ConnectAttempt.Life);
        // they did not come back from HubSpot
        Assert.Null(
            await Editor.SaveAsync(Owner, request.Id, new RequestTerms("Other words", [Mailchimp, Salesforce], null, null), Cancel));
        Assert.True((await DetailsOf(request.Id)).Request.Platforms.Single(p => p.Platform == Salesforce).DeclinedAt is not null);
    }

    [Fact]
    public async Task Of_an_edit_and_a_client_who_connects_at_the_same_instant_neither_takes_anything_from_the_other()
    {
        for (var round = 0; round < 5; round++)
        {
            var request = await ARequest().Asking(Mailchimp, Salesforce).SentAsync();
            var baker = await AParticipant(request);
            var signIn = new PlatformSignIn(
                new PlatformAccount($"m{round}", "Blue Bakery", null), new PlatformCredentials("t", null, null, null));

            var edit = Task.Run(
                () => Editor.SaveAsync(Owner, request.Id, new RequestTerms("Without", [Salesforce], null, null), Cancel), Cancel);
            var connect = Task.Run(() => Portal.Get<ClientAccounts>().AttachAsync(baker, Mailchimp, signIn, Cancel), Cancel);
            var (refusal, attached) = (await edit, await connect);

            var details = await DetailsOf(request.Id);
            if (attached.Succeeded)
            {
                Assert.Equal(new ServiceKept(Mailchimp, KeptReason.Connected), refusal);
                Assert.Contains(details.Request.Platforms, p => p.Platform == Mailchimp);
                Assert.Single(details.Request.Connections);
            }
            else
            {
                Assert.Null(refusal);
                Assert.Equal(new PlatformUnavailable(Mailchimp), attached.Error);
                Assert.Equal([Salesforce], details.Request.Platforms.Select(p => p.Platform));
                Assert.Empty(details.Request.Connections);
            }
        }
    }

    [Fact]
    public async Task The_Business_Manager_changes_until_something_was_shared_with_it()
    {
        var request = await ARequest().Asking(Facebook).SentAsync();
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var account = new PlatformSignIn(
            new PlatformAccount("10215000000000099", "Agency admin", null),
            new PlatformCredentials("agency-token", null, Clock.Now.AddDays(60), null));
        await Portal.Get<AgencyFacebookService>().ConnectAsync(Owner, account, [RequestBuilder.Business, Second], Cancel);
        var connection = await AnAccount(await AParticipant(request), Facebook);

        Assert.Null(await Editor.SaveAsync(Owner, request.Id, new RequestTerms("m", [Facebook], user, Second.ExternalId), Cancel));
        Assert.Equal(Second.Name, (await DetailsOf(request.Id)).Request.BusinessManagerName);
        Value(await Portal.Get<RequestChanges>().ApplyAsync<bool>(Owner, request.Id, change =>
        {
            var facebook = change.Request.Connections.Single(c => c.Id == connection);
            facebook.AddAsset(
                new ConnectedAsset(
                    AssetId.New(Clock), facebook, new AssetChoice(AssetKind.AdAccount, "act_1", "EU account", null, false), Clock.Now));
            return true;
        }, Cancel));

        Assert.True(Value(await Editor.FindAsync(Owner, request.Id, Cancel)).KeepsBusiness);
        Assert.IsType<BusinessManagerKept>(
            await Editor.SaveAsync(Owner, request.Id, new RequestTerms("m", [Facebook], user, RequestBuilder.Business.ExternalId), Cancel));
        Assert.Null(await Editor.SaveAsync(Owner, request.Id, new RequestTerms("only words", [Facebook], user, Second.ExternalId), Cancel));
    }

    [Fact]
    public async Task A_service_that_is_no_longer_set_up_may_stay_but_none_can_be_added()
    {
        var request = await ARequest().Asking(HubSpot, Mailchimp).SentAsync();
        await using var later = Portal.AnotherNode(new() { ["Platforms:HubSpot:ClientId"] = "", ["Platforms:Salesforce:ClientId"] = "" });
        var editor = later.Get<RequestEditor>();

        Assert.Null(await editor.SaveAsync(Owner, request.Id, new RequestTerms("Other words", [HubSpot, Mailchimp], null, null), Cancel));
        Assert.IsType<InputRefused>(await editor.SaveAsync(Owner, request.Id, new RequestTerms("m", [Salesforce], null, null), Cancel));
        Assert.Null(await editor.SaveAsync(Owner, request.Id, new RequestTerms("m", [Mailchimp], null, null), Cancel));
        Assert.IsType<InputRefused>(await editor.SaveAsync(Owner, request.Id, new RequestTerms("m", [HubSpot], null, null), Cancel));
    }

    [Fact]
    public void What_changed_is_read_as_it_was_written()
    {
        foreach (var difference in new RequestDifference[]
        {
            new(true, [Facebook, HubSpot], [Mailchimp], "A, +b, business: C"), new(false, [], [Mailchimp], null), new(true, [], [], null),
            new(false, [], [], "B"),
        })
        {
            var read = RequestDifference.Read(difference.ToString());
            Assert.Equal((difference.Message, difference.Business), (read.Message, read.Business));
            Assert.Equal(difference.Added, read.Added);
            Assert.Equal(difference.Removed, read.Removed);
        }
    }

    private static RequestTerms Saying(string message) => new(message, [Mailchimp], null, null);
}

public sealed class EditTestsOnSqlite() : EditTests(DatabaseProvider.Sqlite);

public sealed class EditTestsOnPostgres() : EditTests(DatabaseProvider.Postgres);
