using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>For each thing that goes wrong at a platform: a plain sentence and a way forward.</summary>
[Collection(Platforms)]
public sealed class TroubleTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Words English = new("en");

    [Theory]
    [InlineData("Cancels at consent", "You did not finish signing in at Facebook", "Try again")]
    [InlineData("Unticks a permission", "At Facebook you unticked something that is needed", "Try again")]
    [InlineData("No Business Manager", "You have no Business Manager at Facebook", "Use another account")]
    [InlineData("Not an admin", "You are not an admin of", "Use another account")]
    [InlineData("Answers 500", "Facebook has trouble at the moment", "Try again")]
    [InlineData("Answers nonsense", "Facebook gave an answer we do not understand", "Try again")]
    [InlineData("Too many calls", "Facebook is asked too much at the moment", "Try again")]
    [InlineData("Answers slowly", "You are signed in to Facebook as", "Connect Assets")]
    [InlineData("Sign-in runs out", "has run out. Sign in again to go on", "Sign in again")]
    public async Task Whatever_happens_at_Facebook_the_client_reads_why_and_can_go_on(string person, string sentence, string button)
    {
        var client = await ArriveAsync(FacebookDefaults.Key);

        await client.SignInToFacebookAsync(person);

        await Expect(client.Page.GetByText(sentence).First).ToBeVisibleAsync();
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{button}") }).First).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Somebody_with_230_ad_accounts_finds_the_one_and_shares_it()
    {
        var client = await ArriveAsync(FacebookDefaults.Key);
        await client.SignInToFacebookAsync("230 ad accounts");
        var accounts = client.Page.GetByRole(AriaRole.Group, new() { Name = "Ad accounts" });
        await Expect(accounts.GetByRole(AriaRole.Button, new() { Name = "Select all (230)" })).ToBeVisibleAsync();
        // only the rows in sight are in the page
        await Expect(accounts.GetByRole(AriaRole.Listitem).First).ToHaveAttributeAsync("aria-setsize", "230");

        await AccessibilityTests.CheckAsync(client.Page, "230 ad accounts");

        await accounts.GetByLabel("Search ad accounts").FillAsync("217");
        await Expect(accounts.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(1);
        await accounts.GetByRole(AriaRole.Checkbox).CheckAsync();
        await client.Button("Connect Assets").ClickAsync();

        await Expect(client.Page.GetByText("shared", new() { Exact = true })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Of_5000_ad_accounts_the_rows_in_sight_are_in_the_page_all_can_be_ticked_and_what_was_ticked_is_kept()
    {
        var client = await ArriveAsync(FacebookDefaults.Key);
        await client.SignInToFacebookAsync("5000 ad accounts");
        var accounts = client.Page.GetByRole(AriaRole.Group, new() { Name = "Ad accounts" });
        // fifty pages of Facebook
        await Expect(accounts.GetByRole(AriaRole.Listitem).First).ToHaveAttributeAsync("aria-setsize", "5000", new() { Timeout = 60_000 });
        Assert.InRange(await accounts.GetByRole(AriaRole.Checkbox).CountAsync(), 5, 60);

        await accounts.GetByRole(AriaRole.Button, new() { Name = "Select all (5000)" }).ClickAsync();
        await Expect(accounts.GetByText("Ticked: 5000")).ToBeVisibleAsync();
        await accounts.GetByRole(AriaRole.List).EvaluateAsync("list => { list.scrollTop = list.scrollHeight; }");
        await Expect(accounts.GetByRole(AriaRole.Checkbox, new() { Name = "World Retail Germany 5000" })).ToBeCheckedAsync();
        await accounts.GetByLabel("Search ad accounts").FillAsync("Denmark 4997");
        await Expect(accounts.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(1);
        await accounts.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await Expect(accounts.GetByText("Ticked: 4999")).ToBeVisibleAsync();

        await client.Page.ReloadAsync();
        await Expect(accounts.GetByText("Ticked: 4999")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(accounts.GetByLabel("Search ad accounts")).ToHaveValueAsync("Denmark 4997");
        await Expect(accounts.GetByRole(AriaRole.Checkbox)).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_share_that_a_second_admin_must_approve_waits_and_then_turns_shared_by_itself()
    {
        var client = await ArriveAsync(FacebookDefaults.Key);
        await client.SignInToFacebookAsync("Second admin must approve");
        await ShareFirstAdAccountAsync(client);
        await Expect(client.Page.GetByText("waits for a second admin").First).ToBeVisibleAsync();

        var admin = await Fixture.OpenAsync();
        await admin.GotoAsync("/sandbox");
        await admin.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Approve") }).First.ClickAsync();

        // asked after 15 s
        await Expect(client.Page.GetByText("shared", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 40_000 });
    }

    [Fact]
    public async Task Where_sharing_is_refused_the_client_does_it_by_hand_and_the_portal_sees_it()
    {
        var client = await ArriveAsync(FacebookDefaults.Key);
        await client.SignInToFacebookAsync("Sharing refused");
        await ShareFirstAdAccountAsync(client);
        await Expect(client.Page.GetByText("A few clicks at Facebook are left")).ToBeVisibleAsync();

        var facebook = await client.Page.Context.NewPageAsync();
        await facebook.GotoAsync("/sandbox/facebook/business-settings?person=sharing-refused");
        await facebook.GetByLabel("Business ID").FillAsync("555000111222333");
        await facebook.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await facebook.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(facebook).ToHaveURLAsync(new Regex("saved=1"));
        await facebook.CloseAsync();
        await client.Button("Check now").ClickAsync();

        await Expect(client.Page.GetByText("shared", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static async Task ShareFirstAdAccountAsync(Client client)
    {
        await client.Page.GetByRole(AriaRole.Group, new() { Name = "Ad accounts" }).GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await client.Button("Connect Assets").ClickAsync();
    }

    private async Task<Client> ArriveAsync(PlatformKey platform)
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, platform);
        var client = new Client(await Fixture.OpenAsync(), English);
        await client.OpenAsync(link);
        return client;
    }
}
