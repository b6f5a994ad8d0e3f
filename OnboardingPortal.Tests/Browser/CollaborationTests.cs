using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>A main user decides how the agency works with clients, and what they decided happens.</summary>
[Collection(OfTheAgency)]
public sealed class CollaborationTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Settings_and_a_default_template_shape_the_next_request_and_the_Hub_counts_its_completion_at_once()
    {
        var words = new Words("en");
        var owner = new AgencyUser(await Fixture.OpenAsync(), words, Fixture.Portal);
        await owner.SignInAsync("owner@other.test", "Demo-Owner-2!"); // an agency of its own: the other tests' keeps its settings
        var page = owner.Page;

        await page.GotoAsync("/collaboration/settings");
        await page.GetByLabel("Links are valid for").FillAsync("9");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Days or months" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "days", Exact = true }).ClickAsync();
        await page.GetByLabel("Remind recipients by email").CheckAsync();
        await page.GetByLabel("Days after sending").FillAsync("2, 5");
        await page.GetByLabel("Only the requester").CheckAsync();
        var completion = page.GetByRole(AriaRole.Group, new() { Name = "Email on completion" });
        await completion.GetByLabel("All main users").CheckAsync();
        await completion.GetByLabel("Further addresses").FillAsync("desk@harbour.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();

        await page.GotoAsync("/settings/templates");
        await page.GetByRole(AriaRole.Button, new() { Name = "New template" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Newsletters");
        await page.GetByLabel("Message", new() { Exact = true }).FillAsync("Hello, we plan your newsletters.");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Mailchimp" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save template" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make default: Newsletters" }).ClickAsync();
        await Expect(page.GetByText("Default", new() { Exact = true })).ToBeVisibleAsync();

        await page.GotoAsync("/collaboration/requests/new");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Template" })).ToHaveValueAsync("Newsletters");
        await Expect(page.GetByLabel("Message", new() { Exact = true })).ToHaveValueAsync("Hello, we plan your newsletters.");
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Mailchimp" })).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save your request" }).ClickAsync();
        var link = await owner.SendAsync("pier@harbour-client.example", Cancel);

        await page.GotoAsync("/collaboration");
        var connected = page.GetByRole(AriaRole.Link, new() { Name = "Connected" }).Locator("strong");
        await Expect(connected).ToHaveTextAsync("0");
        var client = new Client(await Fixture.OpenAsync(), words);
        await client.OpenAsync(link);
        await client.SignInToMailchimpAsync();
        await client.NextStepAsync();
        await Expect(connected).ToHaveTextAsync("1");
        await Expect(page.GetByText("for the one request completed in the last 90 days")).ToBeVisibleAsync();
        await Fixture.Portal.MailToAsync("desk@harbour.example", Cancel, "Client at the bakery completed");
        await Fixture.Portal.MailToAsync("owner@other.test", Cancel, "Client at the bakery completed");
    }
}
