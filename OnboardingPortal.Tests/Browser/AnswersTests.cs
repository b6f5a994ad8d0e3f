using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// A client who cannot do it all: asks, says no with a reason, leaves the rest to a colleague; the agency follows and is mailed.
/// </summary>
public sealed class AnswersTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Requester = "member@demo.test"; // no other test mails them

    [Fact]
    public async Task A_client_asks_declines_and_leaves_the_rest_to_a_colleague_while_the_agency_follows()
    {
        var words = new Words("en");
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Requester, Cancel, FacebookDefaults.Key, MailchimpDefaults.Key, SalesforceDefaults.Key);
        var agency = new AgencyUser(await Fixture.OpenAsync(), words, Fixture.Portal);
        await agency.SignInAsync();
        await agency.Page.GotoAsync("/collaboration/requests");
        var row = agency.Page.GetByRole(AriaRole.Row).Filter(new() { Has = agency.Page.Locator($"a[href$='/{id}']") });
        var request = await agency.Page.Context.NewPageAsync();
        await request.GotoAsync($"/collaboration/requests/{id}");
        await Expect(request.GetByRole(AriaRole.Heading, new() { Name = "Timeline" })).ToBeVisibleAsync();

        var client = new Client(await Fixture.OpenAsync(), words);
        await client.OpenAsync(link);
        await client.Button("Ask a question").ClickAsync();
        await client.Page.GetByLabel("Your question").FillAsync("Which Business Manager do you mean?");
        await client.Page.ReloadAsync(); // as after a lost connection: what was typed is there again
        await client.Button("Ask a question").ClickAsync();
        await Expect(client.Page.GetByLabel("Your question")).ToHaveValueAsync("Which Business Manager do you mean?");
        await client.Button("Send question").ClickAsync();
        await Expect(client.Page.GetByText("The answer comes to client@bakery.example.")).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("asks something");
        await Expect(request.GetByRole(AriaRole.Link, new() { Name = "Answer Client at the bakery" }))
            .ToHaveAttributeAsync("href", new Regex("^mailto:client@bakery.example"));
        await Expect(request.GetByRole(AriaRole.Region, new() { Name = "Questions" }))
            .ToContainTextAsync("Which Business Manager do you mean?");
        var asked = await Fixture.Portal.MailToAsync(Requester, Cancel, "Question from Client at the bakery about Facebook");
        Assert.Contains("\nReply-To: client@bakery.example", asked, StringComparison.OrdinalIgnoreCase);

        await client.Page.GetByRole(AriaRole.Button, new() { Name = "I may not grant this: Facebook" }).ClickAsync();
        await client.Page.GetByLabel("What or who would be needed? (optional)").FillAsync("Head office decides this.");
        await client.Button("Save answer").ClickAsync();
        await Expect(client.Page.GetByText("You said that you may not grant access to Facebook.")).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("Facebook: the client may not grant it");
        await Expect(request.GetByRole(AriaRole.Region, new() { Name = "Accounts" })).ToContainTextAsync("Head office decides this.");
        await client.Button("I'm done here").ClickAsync();
        await Expect(client.Page.GetByText("this is still open: Mailchimp, Salesforce.")).ToBeVisibleAsync();
        Assert.DoesNotContain(link, await client.Page.ContentAsync(), StringComparison.Ordinal);
        await Expect(row).ToContainTextAsync("part done");
        await Fixture.Portal.MailToAsync(Requester, Cancel, "Part done, 0 of 3 granted so far");

        var colleague = new Client(await Fixture.OpenAsync(), words);
        await colleague.OpenAsync(link, "The colleague", "colleague@bakery.example");
        await colleague.NextStepAsync();
        await colleague.SignInToMailchimpAsync();
        await colleague.NextStepAsync();
        await Expect(colleague.Page).ToHaveURLAsync(new Regex("/done$"));
        await Expect(colleague.Page.GetByText("Head office decides this.")).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("by The colleague · 1 of 3 granted");
        await Expect(client.Page.GetByText("This request has already been completed")).ToBeVisibleAsync();
        await Fixture.Portal.MailToAsync(Requester, Cancel, "Completed, 1 of 3 granted");
    }
}
