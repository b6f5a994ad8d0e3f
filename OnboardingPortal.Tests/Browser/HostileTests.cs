using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Every string from outside is hostile, and nobody gets at what is not theirs.</summary>
public sealed class HostileTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Evil = "<img src=x onerror=document.title='owned'>";
    private static readonly Words English = new("en");

    [Fact]
    public async Task A_name_that_is_markup_is_shown_as_text_to_the_agency_that_watches()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var agency = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await agency.SignInAsync();
        await agency.Page.GotoAsync($"/collaboration/requests/{id}");
        await Expect(agency.Page.GetByRole(AriaRole.Heading, new() { Name = "Timeline" })).ToBeVisibleAsync();
        var table = await agency.Page.Context.NewPageAsync();
        await table.GotoAsync("/collaboration/requests");
        await Expect(table.GetByRole(AriaRole.Table)).ToBeVisibleAsync();

        var client = new Client(await Fixture.OpenAsync(), English);
        await client.OpenAsync(link, Evil);
        await client.NextStepAsync();
        await client.Button("Go on without").ClickAsync();
        await Expect(client.Page).ToHaveURLAsync(new Regex("/done$"));

        await Expect(agency.Page.GetByText($"{Evil} completed the request")).ToBeVisibleAsync();
        await Expect(table.GetByText("<img src=x").First).ToBeVisibleAsync();
        foreach (var page in new[] { agency.Page, table, client.Page })
        {
            Assert.DoesNotContain("owned", await page.TitleAsync(), StringComparison.Ordinal);
            await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Another_agencys_request_is_not_there_and_a_stranger_is_no_participant()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, _) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var other = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await other.SignInAsync("owner@other.test", "Demo-Owner-2!");

        var request = await other.Page.GotoAsync($"/collaboration/requests/{id}");
        var wizard = await other.Page.GotoAsync($"/onboarding/{id}");

        Assert.Equal(404, request!.Status);
        Assert.InRange(wizard!.Status, 400, 499);
    }

    [Fact]
    public async Task A_document_that_one_participant_was_given_opens_nothing_in_the_browser_of_another()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (theirs, theirLink) = await node.ARequestAsync(Cancel, SalesforceDefaults.Key);
        var (mine, myLink) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var other = new Client(await Fixture.OpenAsync(), English);
        await other.OpenAsync(theirLink);
        var client = new Client(await Fixture.OpenAsync(), English);
        await client.OpenAsync(myLink);
        var genuine = await other.Page.APIRequest.GetAsync($"/onboarding/{theirs}");
        Assert.Equal(200, genuine.Status);
        var html = await genuine.TextAsync();
        var taken = client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Salesforce" });

        await OpenAsync($"/onboarding/{theirs}");
        await Expect(client.Page.GetByRole(AriaRole.Heading, new() { Name = "Open the link from your email again" })).ToBeVisibleAsync();
        await Expect(taken).ToHaveCountAsync(0);

        await OpenAsync($"/onboarding/{mine}");
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeVisibleAsync();
        await Expect(taken).ToHaveCountAsync(0);

        async Task OpenAsync(string path)
        {
            await client.Page.RouteAsync(
                $"**{path}", route => route.FulfillAsync(new() { Status = 200, ContentType = "text/html; charset=utf-8", Body = html }),
                new() { Times = 1 });
            await client.Page.GotoAsync(path);
        }
    }

    [Fact]
    public async Task The_set_up_page_is_gone_once_somebody_can_sign_in()
    {
        var page = await Fixture.OpenAsync();

        var answer = await page.GotoAsync("/setup");

        Assert.Equal(404, answer!.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://attacker.example")]
    public async Task A_circuit_opens_only_from_a_page_of_ours_for_somebody_known(string? origin)
    {
        using var http = new HttpClient { BaseAddress = Fixture.Portal.Address };
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "_blazor/negotiate?negotiateVersion=1");
        if (origin is not null) negotiate.Headers.Add("Origin", origin);

        using var answer = await http.SendAsync(negotiate, Cancel);

        Assert.InRange((int)answer.StatusCode, 400, 499);
    }
}
