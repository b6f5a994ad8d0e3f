using System.Net;
using Bunit;
using OnboardingPortal.App.Features.Connections;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Connections;

public sealed class FacebookPageTests : PortalContext
{
    private AgencyFacebookService FacebookUsers => Portal.Get<AgencyFacebookService>();

    [Fact]
    public async Task A_Facebook_user_is_shown_with_what_each_Business_Manager_can_do()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);

        var page = Page(Owner);

        Assert.Equal("Agency admin", page.Find("article h3").TextContent);
        Assert.Equal(
            ["Brightside Business: Admin: can receive access", "Side Business: Not Admin: cannot receive access"],
            BusinessesOf(page).Select(li => $"{li.QuerySelector(".grow")!.TextContent}: {li.QuerySelector(".mud-chip")!.TextContent}"));
    }

    [Fact]
    public async Task Connecting_leaves_for_Facebook_with_a_ticket_that_starts_once()
    {
        var page = Page(Owner);

        await Button(page, "Connect Facebook user").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("/connect/facebook/start?ticket=", Navigation.Uri, StringComparison.Ordinal));
        Assert.True(Button(page, "Connect Facebook user").HasAttribute("disabled"));
        var ticket = Uri.UnescapeDataString(Navigation.Uri.Split("ticket=")[1]);
        var connect = Portal.Get<ConnectService>();
        Assert.True((await connect.StartAsync(Facebook, ticket, null, a => a.UserId == Owner.User, Cancel)).Succeeded);
        Assert.False((await connect.StartAsync(Facebook, ticket, null, a => a.UserId == Owner.User, Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_sign_in_not_finished_is_told_until_it_is_closed()
    {
        await CancelAtFacebookAsync();
        var page = Page(Owner);
        Assert.Contains("You did not finish signing in at Facebook", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Single(Buttons(page, "Try again"));

        await Button(page, "Close").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
        Assert.Null(await Portal.Get<ConnectService>().FindLastAttemptAsync(Owner, PlatformGrants.Assets, Cancel));
    }

    [Fact]
    public async Task Removing_asks_first()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var page = Page(Owner);

        await AnswerAsync(() => Button(page, "Remove Agency admin").ClickAsync(new()), "Cancel");
        Assert.Single(await FacebookUsers.ListAsync(Owner.Agency, Cancel));

        new GraphStub(Http).Delete("me/permissions", """{"success":true}""");
        await AnswerAsync(() => Button(page, "Remove Agency admin").ClickAsync(new()), "Remove");

        page.WaitForAssertion(() => Assert.Contains("No Facebook user yet", page.Markup, StringComparison.Ordinal));
        Assert.Equal("Agency admin is removed, at Facebook too.", Told);
        Assert.Empty(await FacebookUsers.ListAsync(Owner.Agency, Cancel));
    }

    [Fact]
    public async Task A_removal_that_Facebook_could_not_be_told_says_what_is_left_to_do()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        new GraphStub(Http).Delete("me/permissions", GraphStub.Error(1), HttpStatusCode.InternalServerError);
        var page = Page(Owner);

        await AnswerAsync(() => Button(page, "Remove Agency admin").ClickAsync(new()), "Remove");

        page.WaitForAssertion(() => Assert.Contains("Remove it there", Told, StringComparison.Ordinal));
        Assert.Empty(await FacebookUsers.ListAsync(Owner.Agency, Cancel));
    }

    [Fact]
    public async Task Checking_again_reads_the_Business_Managers_anew()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var graph = new GraphStub(Http);
        graph.Get(
            "debug_token",
            $$$"""{"data":{"app_id":"{{{TestPortal.FacebookAppId}}}","is_valid":true,"user_id":"10215000000000099","expires_at":0}}""");
        graph.Get("me/business_users", """{"data":[{"id":"1","role":"ADMIN","business":{"id":"2","name":"Brand new business"}}]}""");
        var page = Page(Owner);

        await Button(page, "Check again: Agency admin").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("Brand new business", BusinessesOf(page).Single().QuerySelector(".grow")!.TextContent));
        Assert.Contains("Facebook accepts Agency admin", Told, StringComparison.Ordinal);

        graph.Get("debug_token", """{"data":{"is_valid":false}}""");
        await Button(page, "Check again: Agency admin").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Single(Buttons(page, "Sign in again")));
    }

    [Fact]
    public async Task What_is_shared_but_not_assigned_says_why_and_what_is_missing()
    {
        var request = await ARequest().Asking(Facebook).SentAsync();
        var connection = await AnAccount(await AParticipant(request), Facebook);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            var asset = new ConnectedAsset(
                AssetId.New(Clock), db.Connections.Single(c => c.Id == connection),
                new AssetChoice(AssetKind.AdAccount, "act_1", "Bakery ads", null, false), Clock.Now);
            asset.Become(AssetState.Shared, Clock.Now);
            asset.NoteAssignment(PlatformFailureKind.PermissionDenied, "ADVERTISE", Clock.Now);
            db.Assets.Add(asset);
            await db.SaveChangesAsync(Cancel);
        }

        var row = Page(Owner).Find("tbody tr").TextContent;

        Assert.All(
            ["Shared, but your Facebook user is not assigned yet.", "must be Admin", "We keep trying.", "Missing: running ads."],
            words => Assert.Contains(words, row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_whom_Facebook_no_longer_accepts_is_asked_to_sign_in_again()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        await FacebookUsers.NoteFailureAsync(Owner.Agency, user, PlatformFailureKind.AuthExpired, Cancel);

        var page = Page(Owner);

        await Button(page, "Sign in again").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("/connect/facebook/start", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sub_user_may_look_but_finds_nothing_to_press()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);

        var page = Page(Member);

        Assert.Contains("Agency admin", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button"));
    }

    [Fact]
    public async Task What_clients_chose_is_listed_with_its_request()
    {
        var request = await ARequest().Asking(Facebook).SentAsync();
        var client = await AParticipant(request);
        var connection = await AnAccount(client, Facebook);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            var account = db.Connections.Single(c => c.Id == connection);
            db.Assets.Add(
                new ConnectedAsset(
                    AssetId.New(Clock), account, new AssetChoice(AssetKind.Page, "1020", "Blue Bakery Page", null, false), Clock.Now));
            await db.SaveChangesAsync(Cancel);
        }

        var page = Page(Member);

        var row = page.Find("tbody tr").TextContent;
        Assert.All(
            ["Blue Bakery Page", "Page", "Chosen, not shared yet", "No"], words => Assert.Contains(words, row, StringComparison.Ordinal));
        Assert.Equal($"/collaboration/requests/{request.Id}", page.Find("tbody a").GetAttribute("href"));
    }

    private static IEnumerable<AngleSharp.Dom.IElement> BusinessesOf(IRenderedComponent<FacebookPage> page) => page.FindAll("article li");

    private async Task CancelAtFacebookAsync()
    {
        var connect = Portal.Get<ConnectService>();
        var ticket = Value(await connect.BeginAsync(Owner, Facebook, new(), Cancel));
        var start = Value(await connect.StartAsync(Facebook, ticket, null, _ => true, Cancel));
        var state = System.Web.HttpUtility.ParseQueryString(start.Address.Query)["state"];
        Value(await connect.FinishAsync(Facebook, new ConnectAnswer(state, null), start.BrowserSecret, null, Cancel));
    }

    private IRenderedComponent<FacebookPage> Page(AgencyCaller user)
    {
        var page = RenderFor<FacebookPage>(user);
        page.WaitForElement("#users");
        return page;
    }
}

public sealed class FacebookNotConfiguredTests : PortalContext
{
    protected override Dictionary<string, string?> Settings =>
        new() { ["Platforms:Facebook:AppId"] = "", ["Platforms:Facebook:AppSecret"] = "" };

    [Fact]
    public void A_main_user_reads_what_is_missing()
    {
        var page = RenderFor<FacebookPage>(Owner);
        page.WaitForElement("#users");
        Assert.Contains("Platforms__Facebook__AppId", page.Markup, StringComparison.Ordinal);
        Assert.Empty(Buttons(page, "Connect Facebook user"));
    }

    [Fact]
    public void A_sub_user_reads_whom_to_ask()
    {
        var page = RenderFor<FacebookPage>(Member);
        page.WaitForElement("#users");
        Assert.Contains("Ask a main user", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("AppId", page.Markup, StringComparison.Ordinal);
    }
}
