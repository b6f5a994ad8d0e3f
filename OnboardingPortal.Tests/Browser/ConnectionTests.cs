using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// A live page loses its connection, its circuit or its server, sleeps or fails: it says so, and whoever is at it goes on with what they
/// typed.
/// </summary>
[Collection(OfTheAgency)]
public sealed class ConnectionTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    /// <summary>Lets a test say whether anybody sees the tab, and shortens the minutes after which it sleeps.</summary>
    private const string Hideable = """
        Object.defineProperty(document, 'hidden', { get: () => window.isHidden === true });
        Object.defineProperty(document, 'visibilityState', { get: () => window.isHidden ? 'hidden' : 'visible' });
        window.hide = hidden => { window.isHidden = hidden; document.dispatchEvent(new Event('visibilitychange')); };
        const wait = window.setTimeout;
        window.setTimeout = (what, time, ...all) => wait(what, time === 300000 ? 1 : time, ...all);
        """;

    private const string Bar = "#connection";
    private static readonly Words English = new("en");

    [Fact]
    public async Task A_lost_connection_is_told_and_what_was_typed_without_it_counts()
    {
        var page = await OpenAsync("/collaboration/requests/new");
        var message = page.GetByRole(AriaRole.Textbox, new() { Name = "Message" });
        await message.FillAsync("Typed before");

        await LoseAsync(page);
        await Expect(Said(page)).ToHaveTextAsync("Connection lost, trying again");
        await message.FillAsync("Typed without a connection");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Mailchimp", Exact = true }).FocusAsync(); // the field is left
        await FindAsync(page);
        await Expect(Said(page)).ToHaveTextAsync("");
        await AssertNotLoadedAgainAsync(page);

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Mailchimp", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save your request" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/requests/\d+$"));
        await Expect(page.GetByText("Typed without a connection").First).ToBeAttachedAsync(); // in the folded message
    }

    [Fact]
    public async Task A_form_outlives_an_evicted_circuit_and_a_server_that_is_told_to_stop()
    {
        await using var portal = await PortalProcess.StartAsync(("Circuits__DisconnectedCircuitMaxRetained", "0"));
        var page = await OpenAsync("/collaboration/requests/new", portal);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "HubSpot", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("Half of a mess");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "HubSpot", Exact = true }).FocusAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "HubSpot", Exact = true })).ToBeCheckedAsync();
        await page.WaitForFunctionAsync("() => ['hubspot', 'Half of a mess'].every(typed => "
            + "Object.entries(sessionStorage).some(([name, kept]) => name.endsWith('.new-request') && kept.includes(typed)))");

        await LoseAsync(page);
        await Expect(Said(page)).ToHaveTextAsync("Connection lost, trying again");
        await FindAsync(page);
        await Expect(Said(page)).ToHaveTextAsync("");
        await AssertFormAsync("Half of a mess");

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).PressSequentiallyAsync("age"); // not left
        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync("/collaboration/requests", portal)));
        Assert.InRange(await portal.StopAsync(Cancel), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        await Expect(Said(page)).ToHaveTextAsync("The portal is restarted. This page goes on by itself in a moment.");
        await portal.RestartAsync();
        await Expect(Said(page)).ToHaveTextAsync("");
        await AssertFormAsync("Half of a message");
        foreach (var other in others) await AssertNotLoadedAgainAsync(other);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save your request" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/requests/\d+$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First.ClickAsync(); // its form's token came through, too
        await Expect(page).ToHaveURLAsync(new Regex("/account/login"));

        async Task AssertFormAsync(string message)
        {
            await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Message" })).ToHaveValueAsync(message);
            await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "HubSpot", Exact = true })).ToBeCheckedAsync();
            await AssertNotLoadedAgainAsync(page);
        }
    }

    [Fact]
    public async Task A_tab_that_nobody_sees_sleeps_and_wakes_up_where_it_was()
    {
        var page = await OpenAsync("/collaboration/requests/new");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("Before the phone slept");

        await page.EvaluateAsync("() => hide(true)");
        await Expect(Said(page)).ToHaveTextAsync("This page was at rest and wakes up");
        await page.WaitForFunctionAsync("() => window.sockets.every(s => s.readyState === WebSocket.CLOSED)");
        await page.EvaluateAsync("() => hide(false)");

        await Expect(Said(page)).ToHaveTextAsync("");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Message" })).ToHaveValueAsync("Before the phone slept");
        await AssertNotLoadedAgainAsync(page);
    }

    [Fact]
    public async Task A_sleeping_page_wakes_up_as_the_page_of_whoever_is_signed_in_by_then()
    {
        var page = await OpenAsync("/");
        await page.EvaluateAsync("() => hide(true)");
        await Expect(Said(page)).ToHaveTextAsync("This page was at rest and wakes up");

        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/");
        await other.LiveAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First.ClickAsync();
        await Expect(other).ToHaveURLAsync(new Regex("/account/login"));
        await new AgencyUser(other, English, Fixture.Portal).SignInAsync("owner@other.test", "Demo-Owner-2!");
        await page.EvaluateAsync("() => hide(false)");

        await Expect(page.GetByText("Harbour Agency").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Brightside Agency")).ToHaveCountAsync(0);
        Assert.False(await page.EvaluateAsync<bool>("() => window.fromBefore === true")); // loaded anew
    }

    [Fact]
    public async Task A_sleeping_page_of_somebody_who_was_signed_out_leads_to_the_sign_in()
    {
        var page = await OpenAsync("/collaboration/requests");
        await page.EvaluateAsync("() => hide(true)");
        await Expect(Said(page)).ToHaveTextAsync("This page was at rest and wakes up");
        await page.Context.ClearCookiesAsync();

        await page.EvaluateAsync("() => hide(false)");

        await Expect(page).ToHaveURLAsync(new Regex("/account/login"));
    }

    [Fact]
    public async Task A_page_whose_circuit_fails_is_loaded_again_once_and_says_so()
    {
        await using var portal = await PortalProcess.StartAsync();
        portal.ExpectedFailures = 2;
        var page = await OpenAsync("/collaboration/requests", portal);

        await FailAsync();
        await Expect(page.GetByText("Something went wrong on this page, so it was loaded again. What you saved is kept."))
            .ToBeVisibleAsync();
        await page.Locator("#loaded-again").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(page.Locator("#loaded-again")).ToBeHiddenAsync();

        await FailAsync(); // at once again: no endless round
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Reload page" })).ToBeVisibleAsync();

        async Task FailAsync()
        {
            await page.LiveAsync();
            await page.EvaluateAsync("() => { Node.prototype.insertBefore = () => { throw new Error('made up'); }; }");
            await page.Keyboard.PressAsync("Control+k");
        }
    }

    [Fact]
    public async Task One_page_too_many_is_told_that_there_is_no_room()
    {
        await using var portal = await PortalProcess.StartAsync(("Circuits__MostPerSession", "1"));
        var page = await Fixture.OpenAsync(portal: portal);
        await new AgencyUser(page, English, portal).SignInAsync();
        await page.LiveAsync();

        var second = await page.Context.NewPageAsync();
        await second.GotoAsync("/collaboration/requests");

        await Expect(second.GetByText("Too many pages of the portal are open. Close some, then load this one again.")).ToBeVisibleAsync();
        // Blazor reads the answer as JSON
        Assert.All(Fixture.TakeBreaches(), breach => Assert.Contains("\"Too many p\"", breach, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", 1280, ColorScheme.Light)]
    [InlineData("de", 360, ColorScheme.Dark)]
    public async Task What_a_page_says_of_its_connection_is_for_everybody(string language, int width, ColorScheme scheme)
    {
        var words = new Words(language);
        var page = await Fixture.OpenAsync(language, width, scheme);
        await new AgencyUser(page, words, Fixture.Portal).SignInAsync();
        await page.GotoAsync("/account/profile");
        await page.LiveAsync();
        await Expect(page).ToHaveTitleAsync(new Regex(@"\w"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        var focused = await page.EvaluateAsync<string>("() => document.activeElement.tagName");
        foreach (var (state, said) in new[]
        {
            ("show", "Connection lost, trying again"), ("failed", "No connection to the portal. What you typed is kept.")
        })
        {
            await page.EvaluateAsync("state => document.getElementById('components-reconnect-modal').dispatchEvent(new "
                + "CustomEvent('components-reconnect-state-changed', { detail: { state } }))", state);
            await Expect(Said(page)).ToHaveTextAsync(words[said]);
            await AssertIsABarAsync(Bar);
            await AccessibilityTests.CheckAsync(page, state);
        }

        var again = page.Locator(Bar).GetByRole(AriaRole.Button, new() { Name = words["Try again"] });
        await Expect(again).ToBeVisibleAsync();
        Assert.Equal(focused, await page.EvaluateAsync<string>("() => document.activeElement.tagName"));
        await again.ClickAsync();
        await Expect(page.Locator(Bar)).Not.ToHaveAttributeAsync("data-state", "");
        await page.EvaluateAsync("() => { document.getElementById('blazor-error-ui').style.display = 'inline-block'; }");
        await AssertIsABarAsync("#blazor-error-ui");
        await AccessibilityTests.CheckAsync(page, "failure");

        async Task AssertIsABarAsync(string bar)
        {
            var box = (await page.Locator(bar).BoundingBoxAsync())!;
            Assert.InRange(box.X, 0, width - box.Width);
            Assert.InRange(box.Y, 0, 16);
            Assert.InRange(box.Height, 30, width < 600 ? 120 : 60);
        }
    }

    /// <summary>An open page that a client works on: with what they typed, and where.</summary>
    [Fact]
    public async Task A_wizard_goes_on_over_a_server_that_is_told_to_stop()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var node = new SecondNode(portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(portal: portal), English);
        await client.OpenAsync(link);
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeEnabledAsync();
        await client.Page.LiveAsync();
        await client.Page.EvaluateAsync("() => { window.fromBefore = true; }");

        Assert.InRange(await portal.StopAsync(Cancel), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        await portal.RestartAsync();
        await Expect(Said(client.Page)).ToHaveTextAsync("");
        await AssertNotLoadedAgainAsync(client.Page);

        await client.SignInToMailchimpAsync();
        await Expect(client.Page.GetByText(new Regex("Connected as"))).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(string path, PortalProcess? portal = null)
    {
        var page = await Fixture.OpenAsync(portal: portal);
        await new AgencyUser(page, English, portal ?? Fixture.Portal).SignInAsync();
        await page.AddInitScriptAsync(Hideable);
        await page.AddInitScriptAsync("window.sockets = []; window.WebSocket = class extends WebSocket { constructor(...all) { "
            + "super(...all); window.sockets.push(this); } };");
        await page.GotoAsync(path);
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.fromBefore = true; }");
        return page;
    }

    private static async Task LoseAsync(IPage page)
    {
        await page.Context.SetOfflineAsync(true);
        await page.EvaluateAsync("() => Blazor._internal.forceCloseConnection()");
    }

    private static Task FindAsync(IPage page) => page.Context.SetOfflineAsync(false);

    private static async Task AssertNotLoadedAgainAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("() => window.fromBefore === true"));

    private static ILocator Said(IPage page) => page.Locator($"{Bar} [role=status]");
}
