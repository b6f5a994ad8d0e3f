using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.ActiveCampaign;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Every page in every state passes axe (WCAG 2.2 AA) and fits its screen, large and light in English, small and dark in German.</summary>
public sealed class AccessibilityTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    public static TheoryData<string, int, ColorScheme> Looks => new()
    {
        { "en", 1280, ColorScheme.Light },
        { "de", 360, ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_agencys_pages_are_for_everybody(string language, int width, ColorScheme scheme)
    {
        var words = new Words(language);
        var page = await Fixture.OpenAsync(language, width, scheme);
        await page.GotoAsync("/account/login");
        await CheckAsync(page, "sign-in");
        await CheckAccountLinksAsync(page, words);
        var agency = new AgencyUser(page, words, Fixture.Portal);
        await agency.SignInAsync();
        string[] paths =
        [
            "/", "/collaboration", "/collaboration/settings", "/settings/facebook", "/settings/data-sync-accounts", "/settings/templates", "/settings/platforms", "/settings/email",
            "/settings/users", "/settings/audit", "/account/profile", "/account/two-factor", "/account/sessions", "/nothing/here",
        ];
        foreach (var path in paths)
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await CheckAsync(page, path);
            var tab = page.Locator(".tabs [aria-current]");
            if (await tab.CountAsync() > 0) await Expect(tab).ToBeInViewportAsync(new() { Ratio = 1 }); // however many tabs there are
        }

        await CheckUsersAsync(page, words);
        await page.GotoAsync("/account/two-factor");
        await page.GetByText(words["Set up an authenticator app"]).ClickAsync();
        await CheckAsync(page, "setting up an app");

        await CheckCollaborationAsync(page, words);
        await page.GotoAsync("/settings/data-sync-accounts");
        foreach (var (platform, field) in new[] { ("Salesforce", "Where do you sign in to Salesforce?"), ("ActiveCampaign", "You find both in your ActiveCampaign account") })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", platform] }).ClickAsync();
            await Expect(page.GetByText(words.Starting(field)).First).ToBeVisibleAsync();
            await CheckAsync(page, $"adding {platform}");
        }

        await page.GotoAsync("/collaboration/requests?search=info@garage.example");
        var actions = page.GetByRole(AriaRole.Button, new() { Name = words["Actions for {0}", "info@garage.example"] });
        await Expect(actions).ToBeVisibleAsync();
        await CheckAsync(page, "table");
        await actions.ClickAsync();
        await CheckAsync(page, "menu");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = words["Delete request"] }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page, "delete dialog");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = words["Cancel"] }).ClickAsync();
        await page.GotoAsync("/collaboration/requests?search=hello@bakery.example");
        await page.GetByRole(AriaRole.Link, new() { Name = "hello@bakery.example" }).First.ClickAsync();
        await Expect(page.GetByText("Blue Bakery – EU").First).ToBeVisibleAsync();
        await CheckAsync(page, "request");

        await agency.SaveRequestAsync("Facebook", "Mailchimp");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Send Email"] }).ClickAsync();
        await Expect(page.GetByText(words["Enter at least one email address."]).First).ToBeVisibleAsync();
        await CheckAsync(page, "request with a refusal");
        await page.GotoAsync("/collaboration/requests/new");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Facebook" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = words["Facebook user"] })).ToBeVisibleAsync();
        await CheckAsync(page, "new request");
    }

    /// <summary>The settings and templates with refusals and an open question; nothing of it is saved.</summary>
    private static async Task CheckCollaborationAsync(IPage page, Words words)
    {
        await page.GotoAsync("/collaboration/settings");
        await page.GetByLabel(words["Remind recipients by email"]).CheckAsync();
        await page.GetByLabel(words["Days after sending"]).FillAsync("99");
        await page.GetByLabel(words["Links are valid for"]).FillAsync("0");
        await page.GetByLabel(words["Further addresses"]).First.FillAsync("no address");
        await page.GetByText(words.Starting("Chosen users:")).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Save settings"] }).ClickAsync();
        await Expect(page.GetByText(words["This is not an email address: {0}", "no address"])).ToBeVisibleAsync();
        await CheckAsync(page, "settings with refusals");
        await page.GotoAsync("/settings/templates");
        await page.GetByRole(AriaRole.Button, new() { Name = words["New template"] }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Save template"] }).ClickAsync();
        await Expect(page.GetByText(words["Give the template a name."])).ToBeVisibleAsync();
        await CheckAsync(page, "template with a refusal");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Delete: {0}", "Newsletter only"] }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page, "deleting a template");
        await page.GotoAsync("/collaboration/requests/new");
        await page.GetByLabel(words["Message"], new() { Exact = true }).FillAsync("My own words");
        await page.GetByRole(AriaRole.Combobox, new() { Name = words["Template"] }).SelectOptionAsync("Newsletter only");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page, "replace what was typed");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Replace"], Exact = true }).ClickAsync();
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_clients_pages_are_for_everybody(string language, int width, ColorScheme scheme)
    {
        var words = new Words(language);
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, FacebookDefaults.Key, MailchimpDefaults.Key, SalesforceDefaults.Key, ActiveCampaignDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(language, width, scheme), words);
        var page = client.Page;

        await page.GotoAsync(link);
        await CheckAsync(page, "landing");
        await client.Button("Grant Permission Now").ClickAsync();
        await client.Button("View request").ClickAsync();
        await Expect(page.GetByText(words["Enter a name."])).ToBeVisibleAsync();
        await CheckAsync(page, "who are you, with refusals");
        await client.OpenAsync(link);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", "Facebook"] })).ToBeEnabledAsync();
        await CheckAsync(page, "Facebook");
        await client.SignInToFacebookAsync("Cancels at consent");
        await Expect(page.GetByText(words["You did not finish signing in at {0}. Nothing was shared. You can try again whenever you like.", "Facebook"]).First).ToBeVisibleAsync();
        await CheckAsync(page, "cancelled");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Try again"] }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All well", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log In", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = words["Ad accounts"] })).ToBeVisibleAsync();
        await CheckAsync(page, "assets");
        await client.ConnectAssetsAsync("Blue Bakery – EU");
        await Expect(page.GetByText(words["shared"], new() { Exact = true })).ToBeVisibleAsync();
        await CheckAsync(page, "outcomes");
        await client.NextStepAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", "Mailchimp"] })).ToBeEnabledAsync();
        await CheckAsync(page, "tools");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", "Salesforce"] }).ClickAsync();
        await page.GetByRole(AriaRole.Radio).Last.CheckAsync();
        await client.Button("Proceed").ClickAsync();
        await Expect(page.GetByText(words.Starting("This is not a sign-in address of")).First).ToBeVisibleAsync();
        await CheckAsync(page, "no address of Salesforce");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", "ActiveCampaign"] }).ClickAsync();
        await client.Button("Connect").ClickAsync();
        await Expect(page.GetByText(words["Please fill in both fields."])).ToBeVisibleAsync();
        await CheckAsync(page, "no address and no key");
        await client.NextStepAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page, "go on without");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Go on without"] }).ClickAsync();
        await Expect(page.GetByText(words["All done, thank you!"])).ToBeVisibleAsync();
        await CheckAsync(page, "done");
        foreach (var path in new[] { "/r/unknown", "/connect/problem", "/onboarding/1" })
        {
            await page.GotoAsync(path);
            await CheckAsync(page, path);
        }
    }

    private async Task CheckAccountLinksAsync(IPage page, Words words)
    {
        await using var node = new SecondNode(Fixture.Portal);
        var owner = await node.UserAsync("owner@demo.test", Cancel);
        var address = $"invited-{page.ViewportSize!.Width}@users.example";
        var invited = await node.Get<InvitationService>().InviteAsync(owner, new NewInvitation(address, AgencyRole.SubUser), Cancel);
        await using var db = node.Get<PortalDbContextFactory>().Create(owner.Agency);
        var token = await db.Invitations.Where(i => i.Id == invited.Value).Select(i => i.TokenProtected).SingleAsync(Cancel);
        await page.GotoAsync(node.Get<InvitationTokens>().LinkOf(token!).AbsoluteUri);
        await page.GetByLabel(words["Your name"]).FillAsync("The newcomer");
        await page.GetByLabel(words["Password"], new() { Exact = true }).FillAsync("short");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Join"] }).ClickAsync();
        await Expect(page.GetByText(words["The password needs at least {0} characters.", 10])).ToBeVisibleAsync();
        await CheckAsync(page, "joining with a refusal");
        foreach (var path in new[] { "/account/invitation/unknown", "/account/reset/1/dead", "/account/forgot" })
        {
            await page.GotoAsync(path);
            await CheckAsync(page, path);
        }

        await page.GetByLabel(words["Email"], new() { Exact = true }).FillAsync("nobody@users.example");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Send link"] }).ClickAsync();
        await CheckAsync(page, "asked for a new password");
    }

    private static async Task CheckUsersAsync(IPage page, Words words)
    {
        await page.GotoAsync("/settings/users");
        var actions = page.GetByRole(AriaRole.Button, new() { Name = words["Actions for {0}", "member@demo.test"] });
        await actions.ClickAsync();
        await CheckAsync(page, "a user's menu");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = words["Remove user"] }).ClickAsync();
        await Expect(page.GetByLabel(words["Hand their requests over to"])).ToBeVisibleAsync();
        await CheckAsync(page, "removing a user");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = words["Cancel"] }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Invite user"] }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Send invitation"] }).ClickAsync();
        await Expect(page.GetByText(words["Enter an email address, such as name@company.com."])).ToBeVisibleAsync();
        await CheckAsync(page, "inviting with a refusal");
    }

    /// <summary>What the page shows now passes axe and fits the screen.</summary>
    internal static async Task CheckAsync(IPage page, string state)
    {
        var violations = await Axe.RunAsync(page, Cancel);
        Assert.True(violations.Count == 0, $"{state}: {string.Join("; ", violations)}");
        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{state}: {overflow} px too wide");
    }
}
