using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Nothing a client did is ever lost.</summary>
[Collection(OfTheAgency)]
public sealed class ResumeTests(BrowserFixture fixture, ResumeTests.MortalPortal mortal) : BrowserTest(fixture), IClassFixture<ResumeTests.MortalPortal>
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

    /// <summary>A portal that may be ended: nobody else uses it.</summary>
    public sealed class MortalPortal : IAsyncLifetime
    {
        public PortalProcess Process { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Process = await PortalProcess.StartAsync();

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
