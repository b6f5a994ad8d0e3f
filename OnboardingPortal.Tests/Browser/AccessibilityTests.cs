using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// Every page in every state passes axe (WCAG 2.2 AA) and fits its screen, large and light in English, small and dark in German.
/// </summary>
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
        await page.LiveAsync();
        string[] paths =
        [
            "/collaboration", "/", "/collaboration/settings", "/collaboration/requests/import", "/data-sync", "/data-sync/new",
            "/campaigns", "/campaigns/new", "/settings/facebook", "/settings/data-sync-accounts", "/settings/templates",
            "/settings", "/settings/white-label", "/settings/platforms", "/settings/api", "/settings/webhooks", "/settings/email",
            "/settings/users", "/settings/audit", "/account/profile", "/account/two-factor", "/account/sessions", "/nothing/here",
        ];
        foreach (var path in paths)
        {
            await GoAsync(page, path, words);
            await CheckAsync(page, path);
            var current = page.Locator(".settings-nav [aria-current]");
            // however many pages there are
            if (await current.IsVisibleAsync()) await Expect(current).ToBeInViewportAsync(new() { Ratio = 1 });
        }

        await CheckUsersAsync(page, words);
        await CheckApiAsync(page, words);
        await CheckWebhooksAsync(page, words);
        await page.GotoAsync("/account/two-factor");
        await page.GetByText(words["Set up an authenticator app"]).ClickAsync();
        await CheckAsync(page, "setting up an app");

        await CheckProofAsync(language, width, scheme, words);
        await CheckCollaborationAsync(page, words);
        await CheckImportAsync(page, words);
        await page.GotoAsync("/settings/data-sync-accounts");
        foreach (var (platform, field) in new[]
        {
            ("Salesforce", "Where do you sign in to Salesforce?"), ("ActiveCampaign", "You find both in your ActiveCampaign account")
        })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", platform] }).ClickAsync();
            await Expect(page.GetByText(words.Starting(field)).First).ToBeVisibleAsync();
            await CheckAsync(page, $"adding {platform}");
        }

        await page.GotoAsync("/collaboration/requests?search=info@garage.example");
        var actions = page.GetByRole(AriaRole.Button, new() { Name = words["Actions for {0}", "info@garage.example"] });
        await Expect(actions).ToBeVisibleAsync();
        await page.LiveAsync();
        await CheckAsync(page, "table");
        await actions.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        await CheckAsync(page, "menu", hasMenu: true);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = words["Delete request"] }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page, "delete dialog");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = words["Cancel"] }).ClickAsync();
        await page.GotoAsync("/collaboration/requests?search=hello@bakery.example");
        await page.GetByRole(AriaRole.Link, new() { Name = "hello@bakery.example" }).First.ClickAsync();
        await Expect(page.GetByText("Blue Bakery – EU").First).ToBeVisibleAsync();
        await CheckAsync(page, "request");
        await page.GotoAsync("/collaboration/requests?search=info@garage.example");
        await page.GetByRole(AriaRole.Link, new() { Name = "info@garage.example" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = words["Edit request"] }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = words["Save changes"] })).ToBeVisibleAsync();
        await CheckAsync(page, "editing a request");
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Resend email"] }).ClickAsync();
        await page.GetByLabel(words["Further recipients"]).FillAsync("nobody");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Send again"], Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToContainTextAsync("nobody");
        await CheckAsync(page, "resending with a refusal");

        await agency.SaveRequestAsync("Facebook", "Mailchimp");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Send Email"] }).ClickAsync();
        await Expect(page.GetByText(words["Enter at least one email address."]).First).ToBeVisibleAsync();
        await CheckAsync(page, "request with a refusal");
        await page.GotoAsync("/collaboration/requests/new");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Facebook" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = words["Facebook user"] })).ToBeVisibleAsync();
        await CheckAsync(page, "new request");
    }

    /// <summary>Opens a page inside the app, until what it shows is there.</summary>
    private static async Task GoAsync(IPage page, string path, Words words)
    {
        var before = await page.TitleAsync();
        await page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
        await Expect(page).Not.ToHaveTitleAsync(before);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status, new() { Name = words["Loading"] })).ToHaveCountAsync(0);
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
        await page.GetByRole(AriaRole.Combobox, new() { Name = words["Template"] }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Newsletter only" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page, "replace what was typed");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Replace"], Exact = true }).ClickAsync();
    }

    /// <summary>An import that is refused, one with problems, the question before sending, and one that is done.</summary>
    private static async Task CheckImportAsync(IPage page, Words words)
    {
        var address = $"import-{page.ViewportSize!.Width}@clients.example";
        await page.GotoAsync("/collaboration/requests/import");
        var text = page.GetByLabel(words["Or paste the rows here"]);
        var read = page.GetByRole(AriaRole.Button, new() { Name = words["Check text"] });
        await text.FillAsync(address);
        await read.ClickAsync();
        await Expect(page.GetByText(words.Starting("The first line names no column"))).ToBeVisibleAsync();
        await CheckAsync(page, "import with a refusal");
        await text.FillAsync($"recipients,services,phone\n{address},mailchimp,1\n{new string('x', 200)},nothing,1\n");
        await read.ClickAsync();
        await Expect(page.GetByText(words["Only rows with problems"])).ToBeVisibleAsync();
        await CheckAsync(page, "import with problems");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Send one request"] }).ClickAsync();
        await CheckAsync(page, "question before sending");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = words["Send one request"] }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = words["Download result"] })).ToBeVisibleAsync();
        await CheckAsync(page, "import that is done");
    }

    /// <summary>The question who it is, with a wrong answer, of a user whom no other test signs in.</summary>
    private async Task CheckProofAsync(string language, int width, ColorScheme scheme, Words words)
    {
        var page = await Fixture.OpenAsync(language, width, scheme);
        await new AgencyUser(page, words, Fixture.Portal).SignInAsync("owner@other.test", "Demo-Owner-2!");
        await StolenSessionTests.ForgetProofsAsync(Fixture.Portal, "owner@other.test");
        await page.GotoAsync("/settings/users");
        await page.GetByLabel(words["Require two-factor sign-in"]).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = words["Confirm that it is you"] });
        await Expect(dialog).ToBeVisibleAsync();
        await CheckAsync(page, "confirming that it is you");
        await dialog.GetByLabel(words["Password"], new() { Exact = true }).FillAsync("not my password");
        await dialog.GetByRole(AriaRole.Button, new() { Name = words["Confirm"], Exact = true }).ClickAsync();
        await Expect(dialog.GetByLabel(words["Password"], new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await CheckAsync(page, "not confirming that it is you");
        if (Environment.GetEnvironmentVariable("PORTAL_SHOTS") is { } folder)
            await page.ScreenshotAsync(new() { Path = $"{folder}/proof-{language}-{width}.png" });
        await page.Context.CloseAsync();
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

    private static async Task CheckApiAsync(IPage page, Words words)
    {
        var name = $"CRM {page.ViewportSize!.Width}";
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GotoAsync("/settings/api");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Create API key"] }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = words["Create key"] }).ClickAsync();
        await Expect(dialog.GetByText(words["Name what the key is for."])).ToBeVisibleAsync();
        await CheckAsync(page, "a key with refusals");
        await dialog.GetByLabel(words["What is it for?"]).FillAsync(name);
        await dialog.GetByLabel(words["Read requests"]).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = words["Create key"] }).ClickAsync();
        await Expect(dialog.GetByLabel(words["API key"])).ToHaveValueAsync(new Regex("^op_live_[-_A-Za-z0-9]{49}$"));
        await CheckAsync(page, "a key, shown once");
        await dialog.GetByRole(AriaRole.Button, new() { Name = words["Done"] }).ClickAsync();
        await CheckAsync(page, "keys");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Revoke: {0}", name] }).ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await CheckAsync(page, "revoking a key");
        await dialog.GetByRole(AriaRole.Button, new() { Name = words["Revoke"], Exact = true }).ClickAsync();
        await Expect(page.GetByText(words["{0} was revoked.", name])).ToBeVisibleAsync();
    }

    private static async Task CheckUsersAsync(IPage page, Words words)
    {
        await page.GotoAsync("/settings/users");
        var actions = page.GetByRole(AriaRole.Button, new() { Name = words["Actions for {0}", "member@demo.test"] });
        await actions.ClickAsync();
        await CheckAsync(page, "a user's menu", hasMenu: true);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = words["Remove user"] }).ClickAsync();
        await Expect(page.GetByLabel(words["Hand their requests over to"])).ToBeVisibleAsync();
        await CheckAsync(page, "removing a user");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = words["Cancel"] }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Invite user"] }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Send invitation"] }).ClickAsync();
        await Expect(page.GetByText(words["Enter an email address, such as name@company.com."])).ToBeVisibleAsync();
        await CheckAsync(page, "inviting with a refusal");
    }

    private static async Task CheckWebhooksAsync(IPage page, Words words)
    {
        await page.GotoAsync("/settings/webhooks");
        await page.GetByRole(AriaRole.Heading, new() { Name = words["How to check that a call comes from here"] }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = words["Which events there are"] }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Add webhook"] }).ClickAsync();
        await page.GetByLabel(words["All events, also those added later"]).UncheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "request.completed" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Save"], Exact = true }).ClickAsync();
        await Expect(page.GetByText(words["Enter the address that is to be called."])).ToBeVisibleAsync();
        await CheckAsync(page, "adding a webhook with a refusal");
        await page.GetByLabel(words["Address"], new() { Exact = true }).FillAsync("http://localhost:1/a-receiver-that-is-not-there");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Save"], Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = words["Copy secret"] })).ToBeVisibleAsync();
        await CheckAsync(page, "a webhook's secret, shown once");
        await page.GetByRole(AriaRole.Button, new() { Name = words["I have stored it"] }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = words["Send test event"] }).ClickAsync();
        await Expect(page.GetByText(words["Failed, tries again"])).ToBeVisibleAsync();
        await CheckAsync(page, "a webhook with its log");
        await page.GetByRole(AriaRole.Button, new() { Name = $"{words["Remove"]}: " }).ClickAsync();
        await CheckAsync(page, "removing a webhook");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = words["Remove"], Exact = true }).ClickAsync();
        await Expect(page.GetByText(words["The webhook was removed."])).ToBeVisibleAsync();
    }

    /// <summary>What the page shows now passes axe and fits the screen.</summary>
    internal static async Task CheckAsync(IPage page, string state, bool hasMenu = false)
    {
        await Expect(page).ToHaveTitleAsync(new Regex(@"\S")); // between the prerendered page and the live one there is none
        var violations = await Axe.RunAsync(page, Cancel, hasMenu);
        Assert.True(violations.Count == 0, $"{state}: {string.Join("; ", violations)}");
        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{state}: {overflow} px too wide");
    }
}
