using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Mailchimp;
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
