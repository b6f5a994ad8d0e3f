using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>What a client granted becomes an audience: set up in five choices, planned, run and told, in both languages.</summary>
[Collection(Platforms)]
public sealed class DataSyncTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData("en", 1280, ColorScheme.Light)]
    [InlineData("de", 360, ColorScheme.Dark)]
    public async Task A_list_that_was_granted_becomes_an_audience(string language, int width, ColorScheme scheme)
    {
        var words = new Words(language);
        var recipient = $"sync-{language}@bakery.example";
        var agency = new AgencyUser(await Fixture.OpenAsync(language, width, scheme), words, Fixture.Portal);
        await agency.SignInAsync();
        var client = await GrantAsync(recipient);

        var page = agency.Page;
        await page.GotoAsync("/data-sync/new");
        await page.LiveAsync();
        var lists = page.GetByRole(AriaRole.List, new() { Name = words["Which list?"] });
        await ChooseListAsync("Salesforce");
        await FilterAsync(page, words);
        await page.GetByRole(AriaRole.Button, new() { Name = words["Change: {0}", words["Whose contacts?"]] }).ClickAsync();
        await ChooseListAsync("Mailchimp");
        await AccessibilityTests.CheckAsync(page, "a new sync's ad account");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Continue"] }).ClickAsync();
        await Expect(page.GetByLabel(words["Email address"])).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "a new sync's columns");
        var pages = await page.ContentAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words["Continue"] }).ClickAsync();
        var create = page.GetByRole(AriaRole.Button, new() { Name = words["Create sync and make a plan"] });
        await create.ClickAsync();
        await Expect(page.GetByLabel(words["Legal basis in your own words"])).ToBeFocusedAsync();
        await AccessibilityTests.CheckAsync(page, "a new sync with refusals");
        await page.GetByLabel(words["Legal basis in your own words"]).FillAsync("Consent in the newsletter form");
        await page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await create.ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"/data-sync/\d+$"));
        var run = page.GetByRole(AriaRole.Button, new() { Name = words["Run now"] });
        await Expect(run).ToBeEnabledAsync(new() { Timeout = 60_000 });
        await AccessibilityTests.CheckAsync(page, "a plan");
        await run.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table).GetByText(words["Done"])).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await AccessibilityTests.CheckAsync(page, "a sync's history");
        var sync = new Uri(page.Url).Segments[^1];
        var answers = await ContactCanaries.RunAsync(
            Fixture.Portal, sync,
            () => Expect(page.GetByRole(AriaRole.Table).GetByText(words["Done"])).ToHaveCountAsync(3, new() { Timeout = 60_000 }), Cancel);
        pages += await page.ContentAsync();
        await ContactCanaries.AssertNowhereAsync(
            Fixture.Portal, sync, new() { ["a page"] = pages, ["what the API answers"] = answers }, Cancel);
        await page.GotoAsync("/data-sync");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = recipient })).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "syncs");

        await client.ReloadAsync();
        await Expect(client.GetByText("From Mailchimp to the ad account Blue Bakery – EU at Facebook")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(client, "which lists may go where");

        async Task ChooseListAsync(string platform)
        {
            var search = page.GetByLabel(words["Search client or account"]);
            if (await search.IsVisibleAsync()) await search.FillAsync(recipient);
            await page.GetByRole(AriaRole.Button, new() { Name = recipient }).Filter(new() { HasText = platform }).ClickAsync();
            await lists.GetByRole(AriaRole.Button).First.ClickAsync();
        }
    }

    /// <summary>A condition about one of the fields that the platform names.</summary>
    private static async Task FilterAsync(IPage page, Words words)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = words["Add condition"] }).ClickAsync();
        await page.GetByLabel(words["Field"], new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Points" });
        await Expect(page.GetByLabel(words["Value"], new() { Exact = true })).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "whom of a list a sync takes");
    }

    /// <summary>A client who shares an ad account and connects Mailchimp and Salesforce, on the page that says so.</summary>
    private async Task<IPage> GrantAsync(string recipient)
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (request, _) = await node.ARequestAsync(Cancel, FacebookDefaults.Key, MailchimpDefaults.Key, SalesforceDefaults.Key);
        var sent = await node.Get<RequestService>().SendAsync(await node.UserAsync("owner@demo.test", Cancel), request, recipient, Cancel);
        Assert.True(sent.Succeeded);
        var client = new Client(await Fixture.OpenAsync(), new Words("en"));
        await client.OpenAsync(await node.LinkOfAsync(request, recipient, Cancel));
        await client.SignInToFacebookAsync();
        await client.ConnectAssetsAsync("Blue Bakery – EU");
        await Expect(client.Page.GetByText("shared", new() { Exact = true })).ToHaveCountAsync(1);
        await client.NextStepAsync();
        foreach (var platform in new[] { "Mailchimp", "Salesforce" })
        {
            await client.SignInToAsync(platform);
            await client.CloseMessageAsync();
        }

        await client.NextStepAsync();
        await Expect(client.Page).ToHaveURLAsync(new Regex("/done$"));
        await Expect(client.Page.GetByText("None is used yet")).ToBeVisibleAsync();
        return client.Page;
    }
}
