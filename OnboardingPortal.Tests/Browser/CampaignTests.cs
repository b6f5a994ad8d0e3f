using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>A campaign from the client's grant to the page that the client sees.</summary>
[Collection(Platforms)]
public sealed class CampaignTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Words English = new("en");

    [Fact]
    public async Task A_campaign_is_drafted_shown_to_the_client_and_found_started()
    {
        await GrantAsync();
        var agency = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await agency.SignInAsync();
        var page = agency.Page;
        await page.GotoAsync("/campaigns");
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New campaign" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the draft" }).ClickAsync();
        await Expect(page.GetByText("Choose at least one country.")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "a new campaign with refusals");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Ad account" }).FillAsync("Seven Seas USA");
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("^Seven Seas USA") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Page" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Seven Seas", Exact = true }).ClickAsync();
        await Expect(page.GetByText("USD · time zone America/New_York")).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Winter coats");
        await page.GetByLabel("Budget", new() { Exact = true }).FillAsync("25");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Countries" }).FillAsync("United States");
        await page.GetByRole(AriaRole.Option, new() { Name = "United States", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Choose at least one country.")).ToHaveCountAsync(0);
        await AccessibilityTests.CheckAsync(page, "a new campaign");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the draft" }).ClickAsync();

        await Expect(page.GetByText("nothing is running", new() { Exact = false }).First).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/campaigns/\d+$"));
        await AccessibilityTests.CheckAsync(page, "a draft");
        var link = await page.Locator("[data-copy]").GetAttributeAsync("data-copy");
        var client = await Fixture.OpenAsync();
        await client.GotoAsync(link!);
        await Expect(client.GetByText("Nothing is running.")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(client, "a draft, shown to the client");
        await client.GetByLabel("Your name").FillAsync("The captain");
        await client.GetByLabel("Your email address").FillAsync("captain@seas.example");
        await client.GetByLabel("Your question").FillAsync("Why the United States?");
        await client.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(client.GetByText("Your question is on its way")).ToBeVisibleAsync();

        await CheckInGermanAsync(new Uri(page.Url).AbsolutePath, link!);
        await client.GotoAsync("/sandbox");
        await client.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Start the campaign: Winter coats") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(page.GetByText("Somebody started this campaign in Ads Manager.")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "a draft that was started");
        await SeeWhatIsRefusedAsync(page, client);
    }

    /// <summary>A refusal of Facebook at its field, switched on in the sandbox, and the drafts there are then.</summary>
    private static async Task SeeWhatIsRefusedAsync(IPage page, IPage sandbox)
    {
        await sandbox.GotoAsync("/sandbox");
        await sandbox.GetByLabel("Refuse the next campaign with").SelectOptionAsync("2859024");
        await sandbox.GetByRole(AriaRole.Button, new() { Name = "Set", Exact = true }).ClickAsync();
        await page.GotoAsync("/campaigns/new", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Ad account" }).FillAsync("Seven Seas USA");
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("^Seven Seas USA") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Page" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Seven Seas", Exact = true }).ClickAsync();
        await page.GetByLabel("Budget", new() { Exact = true }).FillAsync("25");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Countries" }).FillAsync("United States");
        await page.GetByRole(AriaRole.Option, new() { Name = "United States", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the draft" }).ClickAsync();
        await Expect(page.GetByText("Facebook says: An admin must accept")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Ad account" })).ToBeFocusedAsync();
        await AccessibilityTests.CheckAsync(page, "a new campaign that Facebook refused");
        await page.GotoAsync("/campaigns", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await AccessibilityTests.CheckAsync(page, "drafts");
    }

    /// <summary>The same pages small, dark and in German.</summary>
    private async Task CheckInGermanAsync(string draft, string link)
    {
        var agency = new AgencyUser(await Fixture.OpenAsync("de", 360, ColorScheme.Dark), new Words("de"), Fixture.Portal);
        await agency.SignInAsync();
        foreach (var path in new[] { "/campaigns", "/campaigns/new", draft, link })
        {
            await agency.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await AccessibilityTests.CheckAsync(agency.Page, path == link ? "a draft, shown to the client, in German" : path);
        }
    }

    /// <summary>A client's grant, as it stands when the client is done: what leads there is seen by other tests.</summary>
    private async Task GrantAsync()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, FacebookDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(), English);
        await client.OpenAsync(link);
        await client.SignInToFacebookAsync("Campaigns");
        await client.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Seven Seas USA" }).CheckAsync();
        await client.Page.GetByRole(AriaRole.Group, new() { Name = "Pages" })
            .GetByRole(AriaRole.Checkbox, new() { Name = "Seven Seas", Exact = true }).CheckAsync();
        await client.Button("Connect Assets").ClickAsync();
        await Expect(client.Page.GetByText("shared", new() { Exact = true })).ToHaveCountAsync(2);
        await client.Page.Context.CloseAsync();
    }
}
