using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Nothing a client did is ever lost.</summary>
[Collection(OfTheAgency)]
public sealed class ResumeTests(BrowserFixture fixture, ResumeTests.MortalPortal mortal)
    : BrowserTest(fixture), IClassFixture<ResumeTests.MortalPortal>
{
    private static readonly Words English = new("en");

    [Fact]
    public async Task After_a_power_cut_the_client_goes_on_at_the_same_step_with_everything_kept()
    {
        var portal = mortal.Process;
        await using var node = new SecondNode(portal);
        var (_, link) = await node.ARequestAsync(Cancel, FacebookDefaults.Key, MailchimpDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(portal: portal), English);
        await client.OpenAsync(link);
        await client.SignInToFacebookAsync();
        await client.ConnectAssetsAsync("Blue Bakery – EU");
        await Expect(client.Page.GetByText("shared", new() { Exact = true })).ToBeVisibleAsync();
        await client.NextStepAsync();
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeVisibleAsync();

        await client.Page.CloseAsync();
        await portal.RestartAsync();
        var again = await client.Page.Context.NewPageAsync();
        await again.GotoAsync(link);

        await Expect(again).ToHaveURLAsync(new Regex(@"/onboarding/\d+"));
        await Expect(again.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeEnabledAsync();
        await again.GetByRole(AriaRole.Button, new() { Name = "Back", Exact = true }).ClickAsync();
        await Expect(again.GetByText("Blue Bakery – EU")).ToBeVisibleAsync();
        await Expect(again.GetByText("shared", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_left_open_over_a_restart_comes_back_by_itself()
    {
        var portal = mortal.Process;
        await using var node = new SecondNode(portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(portal: portal), English);
        await client.OpenAsync(link);
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeEnabledAsync();
        await client.Page.EvaluateAsync("() => { window.fromBefore = true; }");

        await portal.RestartAsync();
        await client.Page.WaitForFunctionAsync("() => !window.fromBefore", null, new() { Timeout = 30_000 });

        await client.SignInToMailchimpAsync();
        await Expect(client.Page.GetByText(new Regex("Connected as"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_typed_and_ticked_survives_an_evicted_circuit_and_a_restarted_server()
    {
        var portal = mortal.Process;
        await using var node = new SecondNode(portal);
        var (_, link) = await node.ARequestAsync(Cancel, FacebookDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(portal: portal), English);
        var (page, question) = (client.Page, client.Page.GetByLabel("Your question"));
        await client.OpenAsync(link);
        await client.SignInToFacebookAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Blue Bakery – EU" }).CheckAsync();
        await page.GetByLabel("Search Pages").FillAsync("Jobs");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Pages" }).GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(1);
        await client.Button("Ask a question").ClickAsync();
        await question.PressSequentiallyAsync("Which Business Manager?"); // and the field is not left

        await page.EvaluateAsync("async () => { await Blazor.pauseCircuit(); await Blazor.resumeCircuit(); }");
        await Expect(question).ToHaveValueAsync("Which Business Manager?"); // in the dialog, open again
        await ExpectTickedAsync();

        await page.EvaluateAsync("() => { window.fromBefore = true; }");
        await portal.RestartAsync();
        await page.WaitForFunctionAsync("() => !window.fromBefore", null, new() { Timeout = 60_000 });
        await ExpectTickedAsync();
        await client.Button("Ask a question").ClickAsync();
        await Expect(question).ToHaveValueAsync("Which Business Manager?");
        await client.Button("Send question").ClickAsync();
        await Expect(page.GetByText("The answer comes to client@bakery.example.")).ToBeVisibleAsync();

        async Task ExpectTickedAsync()
        {
            // behind the dialog, too
            await Expect(page.Locator("label", new() { HasText = "Blue Bakery – EU" }).Locator("input")).ToBeCheckedAsync();
            await Expect(page.GetByLabel("Search Pages")).ToHaveValueAsync("Jobs");
        }
    }

    /// <summary>A portal that may be ended: nobody else uses it.</summary>
    public sealed class MortalPortal : IAsyncLifetime
    {
        public PortalProcess Process { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Process = await PortalProcess.StartAsync();

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
