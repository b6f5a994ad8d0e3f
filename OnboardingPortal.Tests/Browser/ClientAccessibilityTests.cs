using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.ActiveCampaign;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>What <see cref="AccessibilityTests"/> asks of the agency's pages, of the client's.</summary>
public sealed class ClientAccessibilityTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [MemberData(nameof(AccessibilityTests.Looks), MemberType = typeof(AccessibilityTests))]
    public async Task The_clients_pages_are_for_everybody(string language, int width, ColorScheme scheme)
    {
        var words = new Words(language);
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(
            Cancel, FacebookDefaults.Key, MailchimpDefaults.Key, SalesforceDefaults.Key, ActiveCampaignDefaults.Key);
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
        await CheckAnswersAsync(client, page, words);
        await client.SignInToFacebookAsync("Cancels at consent");
        await Expect(
            page.GetByText(
                words["You did not finish signing in at {0}. Nothing was shared. You can try again whenever you like.", "Facebook"]).First)
                    .ToBeVisibleAsync();
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
        await page.GetByRole(AriaRole.Button, new() { Name = words["I may not grant this: {0}", "Mailchimp"] }).ClickAsync();
        await page.GetByLabel(words["What or who would be needed? (optional)"]).FillAsync("Our IT decides this.");
        await CheckAsync(page, "may not grant this");
        await client.Button("Save answer").ClickAsync();
        await Expect(page.GetByText(words["You said that you may not grant access to {0}.", "Mailchimp"])).ToBeVisibleAsync();
        await CheckAsync(page, "declined with a reason");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Undo: {0}", "Mailchimp"] }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", "Mailchimp"] })).ToBeVisibleAsync();
        await client.NextStepAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page, "go on without");
        await page.GetByRole(AriaRole.Button, new() { Name = words["Go on without"] }).ClickAsync();
        await Expect(page.GetByText(words["All done, thank you!"])).ToBeVisibleAsync();
        await CheckAsync(page, "done");
        foreach (var path in new[] { "/r/unknown", "/connect/problem", "/onboarding/1", "/r/stop/unknown", await AStopLinkAsync(node) })
        {
            await page.GotoAsync(path);
            await CheckAsync(page, path);
        }
    }

    /// <summary>A question, refused and sent, and the rest left to others; then back to where it began.</summary>
    private static async Task CheckAnswersAsync(Client client, IPage page, Words words)
    {
        await client.Button("Ask a question").ClickAsync();
        await client.Button("Send question").ClickAsync();
        await Expect(page.GetByText(words["Write your question first."])).ToBeVisibleAsync();
        await CheckAsync(page, "question with a refusal");
        await page.GetByLabel(words["Your question"]).FillAsync("Which Business Manager do you mean?");
        await client.Button("Send question").ClickAsync();
        await Expect(page.GetByText(words.Starting("Your question is on its way to"))).ToBeVisibleAsync();
        await CheckAsync(page, "question sent");
        await client.Button("I'm done here").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = words["Your part is done, thank you!"] })).ToBeFocusedAsync();
        await CheckAsync(page, "part done");
        await client.Button("Go on after all").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", "Facebook"] })).ToBeEnabledAsync();
    }

    private static async Task<string> AStopLinkAsync(SecondNode node)
    {
        var owner = await node.UserAsync("owner@demo.test", Cancel);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        Assert.True((await node.Get<RequestService>().SendAsync(owner, id, "calm@bakery.example", Cancel)).Succeeded);
        var recipient = (await node.Get<RequestDetailsReader>().FindAsync(owner.Scope, id, Cancel))!.Request.Recipients[0].Id;
        return node.Get<ReminderStops>().LinkOf(recipient, new Uri(new Uri(link), "/")).AbsoluteUri;
    }

    private static Task CheckAsync(IPage page, string state) => AccessibilityTests.CheckAsync(page, state);
}
