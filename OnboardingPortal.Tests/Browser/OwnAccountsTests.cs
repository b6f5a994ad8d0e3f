using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.HubSpot;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>A main user connects the agency's own account, sees when it breaks, and lets it go.</summary>
[Collection(Platforms)]
public sealed class OwnAccountsTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Words English = new("en");

    [Fact]
    public async Task An_account_is_connected_checked_lost_mended_and_disconnected()
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await owner.SignInAsync("owner@other.test", "Demo-Owner-2!");
        var page = owner.Page;
        await ConnectAsync(page, "Second account");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "second-account@hubspot.example" });
        await Expect(row).ToContainTextAsync("Yes");
        await Expect(row).ToContainTextAsync("Connected");

        await OnSandboxAsync(page, "Expire token");
        await CheckAsync();
        await Expect(page.GetByText("blue-bakery-shop.example still works.")).ToBeVisibleAsync();

        await OnSandboxAsync(page, "Revoke access");
        await CheckAsync();
        await Expect(row).ToContainTextAsync("Sign in again");
        await ConnectAsync(page, "Second account");
        await Expect(row).ToContainTextAsync("Connected");

        await PressAsync(page, row, "Disconnect");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Actions for" })).ToBeFocusedAsync();
        await Expect(row).ToBeVisibleAsync();
        await PressAsync(page, row, "Disconnect");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Disconnect", Exact = true }).ClickAsync();
        await Expect(page.GetByText("is disconnected, at HubSpot too.")).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);

        Task CheckAsync() => PressAsync(page, row, "Check again");
    }

    [Fact]
    public async Task A_clients_account_that_breaks_gets_a_red_dot_and_behind_it_the_way_to_mend_it()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, HubSpotDefaults.Key);
        var agency = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await agency.SignInAsync();
        await agency.Page.GotoAsync($"/collaboration/requests/{id}");
        await agency.SendAsync("reconnect@bakery.example", Cancel);
        var client = new Client(await Fixture.OpenAsync(), English);
        await client.OpenAsync(link);
        await client.Page.GetByRole(AriaRole.Button, new() { Name = "Add HubSpot" }).ClickAsync();
        await client.Button("Proceed").ClickAsync();
        await SignInAsync(client.Page, "Rotates its refresh token");
        await Expect(client.Page.GetByText("Connected as").First).ToBeVisibleAsync();
        await OnSandboxAsync(client.Page, "Revoke access", "Rotates its refresh token");

        await agency.Page.GotoAsync("/settings/data-sync-accounts");
        var account = agency.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "rotates-its-refresh-token@hubspot.example" }).First;
        await PressAsync(agency.Page, account, "Check again");
        await Expect(account).ToContainTextAsync("Client must sign in again"); // this one: the page shows others that are lost
        await agency.Page.GotoAsync("/collaboration/requests?search=reconnect@bakery.example");
        await agency.Page.GetByRole(
            AriaRole.Button, new() { NameRegex = new Regex("HubSpot.*(problem|wrong)", RegexOptions.IgnoreCase) }).First.ClickAsync();
        var dialog = agency.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("The sign-in at HubSpot has run out or was taken back.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send reconnect link" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert).Or(dialog.GetByRole(AriaRole.Status)).First).ToBeVisibleAsync();

        await client.Page.ReloadAsync();
        await client.Page.GetByRole(AriaRole.Button, new() { Name = "Add HubSpot" }).ClickAsync();
        await client.Button("Proceed").ClickAsync();
        await SignInAsync(client.Page, "Rotates its refresh token");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
        await Expect(dialog.GetByText("It works again.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_main_user_sees_how_each_platform_is_set_up_and_what_the_platform_says_of_it()
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await owner.SignInAsync();
        await owner.Page.GotoAsync("/settings/platforms");
        foreach (var platform in new[] { "Facebook", "Mailchimp", "Salesforce", "Google Sheets", "HubSpot", "Google Ads" })
        {
            await owner.Page.GetByRole(AriaRole.Button, new() { Name = $"Check now: {platform}" }).ClickAsync();
            await Expect(owner.Page.GetByText($"{platform} accepts the app's ID and secret.")).ToBeVisibleAsync();
        }

        await Expect(owner.Page.GetByText($"{Fixture.Portal.Address}connect/hubspot/callback")).ToBeVisibleAsync();
        var text = await owner.Page.ContentAsync();
        Assert.DoesNotContain("client-secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("developer-token", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sub_user_checks_accounts_but_connects_and_sets_up_nothing()
    {
        await using (var node = new SecondNode(Fixture.Portal))
        {
            var owner = await node.UserAsync("owner@demo.test", Cancel);
            var signIn = new PlatformSignIn(
                new PlatformAccount("62515", "blue-bakery.example", null), new PlatformCredentials("token", null, null, null));
            await node.Get<AgencyAccounts>().AttachAsync(owner.Agency, owner.Actor, HubSpotDefaults.Key, signIn, Cancel);
        }

        var member = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await member.SignInAsync("member@demo.test", "Demo-Member-1!");
        await member.Page.GotoAsync("/settings/data-sync-accounts");
        await member.Page.GetByRole(AriaRole.Button, new() { Name = "Actions for blue-bakery.example" }).First.ClickAsync();
        await Expect(member.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Check again" })).ToBeVisibleAsync();
        await Expect(member.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Disconnect" })).ToHaveCountAsync(0);
        await Expect(member.Page.GetByRole(AriaRole.Button, new() { Name = "Add HubSpot" })).ToHaveCountAsync(0);

        await member.Page.GotoAsync("/settings/platforms");
        await Expect(member.Page.GetByRole(AriaRole.Button, new() { Name = "Check now" })).ToHaveCountAsync(0);
    }

    /// <summary>An action in the menu of an account's row.</summary>
    private static async Task PressAsync(IPage page, ILocator row, string action)
    {
        await row.GetByRole(AriaRole.Button, new() { Name = "Actions for" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = action }).ClickAsync();
    }

    private static async Task ConnectAsync(IPage page, string person)
    {
        await page.GotoAsync("/settings/data-sync-accounts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add HubSpot" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Proceed" }).ClickAsync();
        await SignInAsync(page, person);
        await Expect(page.GetByText("The HubSpot account is connected.")).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, string person)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = person, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).ClickAsync();
    }

    private static async Task OnSandboxAsync(IPage page, string button, string person = "Second account")
    {
        var sandbox = await page.Context.NewPageAsync();
        await sandbox.GotoAsync("/sandbox");
        await sandbox.GetByRole(AriaRole.Button, new() { Name = $"{button}: {person} at HubSpot" }).ClickAsync();
        await Expect(sandbox).ToHaveURLAsync(new Regex("#accounts$"));
        await sandbox.CloseAsync(); // a page behind another one draws once a second, and every press waits for that
    }
}
