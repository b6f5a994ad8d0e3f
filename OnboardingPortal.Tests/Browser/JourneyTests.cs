using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>The main job from step 1 to the end: the agency watches in one browser, the client works in another.</summary>
public sealed class JourneyTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task A_client_grants_access_while_the_agency_watches(string language)
    {
        var words = new Words(language);
        var recipient = $"journey-{language}@bakery.example";
        var agency = new AgencyUser(await Fixture.OpenAsync(language), words, Fixture.Portal);
        await agency.SignInAsync();
        await agency.SaveRequestAsync("Facebook", "Mailchimp");
        var link = await agency.SendAsync(recipient, Cancel);

        await agency.Page.GotoAsync("/collaboration/requests");
        var row = agency.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = recipient });
        await Expect(row).ToContainTextAsync(words["Pending"]);

        var client = new Client(await Fixture.OpenAsync(language), words);
        await client.OpenAsync(link);
        await client.SignInToFacebookAsync();
        await Expect(client.Page.GetByText(words["You are signed in to {0} as {1}", "Facebook", "All well"])).ToBeVisibleAsync();
        await Expect(client.Page.GetByRole(AriaRole.Group, new() { Name = words["Ad accounts"], Exact = true })).ToBeVisibleAsync();
        await client.ConnectAssetsAsync("Blue Bakery – EU", "Bakery Jobs");
        await Expect(client.Page.GetByText(words["shared"], new() { Exact = true })).ToHaveCountAsync(2);
        await client.NextStepAsync();
        await client.SignInToMailchimpAsync();
        await Expect(client.Page.GetByText(words["Connected as {0}", "Blue Bakery"]).First).ToBeVisibleAsync();
        await client.CloseMessageAsync();
        await client.NextStepAsync();
        await Expect(client.Page).ToHaveURLAsync(new Regex("/done$"));
        await Expect(client.Page.GetByText("Blue Bakery – EU")).ToBeVisibleAsync();

        await Expect(row).ToContainTextAsync(words["Connected"]); // nobody reloaded the agency's page
    }
}
