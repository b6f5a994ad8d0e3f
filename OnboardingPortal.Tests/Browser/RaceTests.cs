using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Any number of people may hold the link; exactly one completes it.</summary>
public sealed class RaceTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const int Rounds = 3;

    [Fact]
    public async Task Of_two_who_press_the_last_Next_Step_at_once_one_completes_and_the_other_reads_who()
    {
        for (var round = 0; round < Rounds; round++) await RaceAsync();
    }

    private async Task RaceAsync()
    {
        var words = new Words("en");
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var baker = await ArriveAsync("The baker");
        await baker.Page.GetByRole(AriaRole.Button, new() { Name = words["I don't use this: {0}", "Mailchimp"] }).ClickAsync();
        await Expect(baker.Page.GetByText(words["You said that you don't use {0}.", "Mailchimp"])).ToBeVisibleAsync();
        var clients = new[] { baker, await ArriveAsync("The accountant") };

        // Pressed where they stand: a press that Playwright prepares first may come after the other's page took the button away.
        var buttons = await Task.WhenAll(
            clients.Select(c => c.Page.GetByRole(AriaRole.Button, new() { Name = words["Next Step"], Exact = true }).ElementHandleAsync()));
        await Task.WhenAll(buttons.Select(b => b.EvaluateAsync("button => button.click()")));

        await Task.WhenAll(
            clients.Select(c => Expect(c.Page.GetByText(new Regex("All done|already been completed")).First).ToBeVisibleAsync()));
        var done = await Task.WhenAll(clients.Select(c => c.Page.GetByText(new Regex("All done")).CountAsync()));
        Assert.Equal(1, done.Sum());
        var winner = done[0] == 1 ? "The baker" : "The accountant";
        var loser = clients[done[0] == 1 ? 1 : 0];
        await Expect(loser.Page.Locator("main")).ToContainTextAsync(winner);
        var owner = await node.UserAsync("owner@demo.test", Cancel);
        var details = await node.Get<RequestDetailsReader>().FindAsync(owner.Scope, id, Cancel);
        Assert.Equal((RequestStatus.Connected, winner), (details!.Status, details.Request.CompletedByName));

        async Task<Client> ArriveAsync(string name)
        {
            var client = new Client(await Fixture.OpenAsync(), words);
            await client.OpenAsync(link, name);
            await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = words["Next Step"] })).ToBeEnabledAsync();
            return client;
        }
    }
}
