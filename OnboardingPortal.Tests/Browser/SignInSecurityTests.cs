using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Users keep their own account safe: sessions, an authenticator app, recovery codes and passkeys.</summary>
[Collection(OfTheAgency)]
public sealed partial class SignInSecurityTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Member = "member@demo.test";
    private const string MemberPassword = "Demo-Member-1!";
    private static readonly Words English = new("en");

    [Fact]
    public async Task Signing_out_everywhere_ends_the_live_page_of_another_browser_and_its_cookie_opens_nothing()
    {
        var (here, there) = (new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal), new AgencyUser(
            await Fixture.OpenAsync(), English, Fixture.Portal));
        var (rows, thisBrowser) = (here.Page.GetByRole(AriaRole.Row), here.Page.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = "This browser" }));
        await here.SignInAsync(Member, MemberPassword);
        await here.Page.GotoAsync("/account/sessions");
        await Expect(thisBrowser).ToHaveCountAsync(1);
        var before = await rows.CountAsync(); // other tests may have left the member signed in elsewhere
        await there.SignInAsync(Member, MemberPassword);
        await there.Page.GotoAsync("/collaboration/requests");
        await Expect(there.Page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        var cookie = (await there.Page.Context.CookiesAsync()).Single(c => c.Name == "portal.session").Value;
        Assert.Equal("200 200 204", await TryAsync(cookie));

        await here.Page.GotoAsync("/account/sessions");
        await Expect(rows).ToHaveCountAsync(before + 1);
        await Expect(thisBrowser).ToHaveCountAsync(1);
        await Button(here.Page, "Sign out everywhere").ClickAsync();

        await Expect(there.Page).ToHaveURLAsync(SignInPage(), new() { Timeout = 10_000 }); // by itself, without a click
        await Expect(Button(there.Page, "Sign in")).ToBeVisibleAsync();
        await Expect(here.Page).ToHaveURLAsync(SignInPage());
        Assert.Equal("302 403 401", await TryAsync(cookie));
        Assert.Equal("302 403 401", await TryAsync(cookie[..^4] + "AAAA"));
    }

    [Fact]
    public async Task A_user_sets_up_an_app_and_a_passkey_and_signs_in_with_each_and_an_agency_can_demand_it()
    {
        await using var portal = await StartAtANameAsync();
        var page = await OpenAsync(portal);
        var member = new AgencyUser(page, English, portal);
        await member.SignInAsync(Member, MemberPassword);

        // The app: nothing is on until it showed a code.
        await page.GotoAsync("/account/two-factor");
        await page.GetByText("Set up an authenticator app").ClickAsync();
        await SwitchOnAsync(page, "000000");
        await Expect(
            page.GetByText(English["This code is wrong or was used already. Wait until your app shows the next one and enter that."]))
                .ToBeVisibleAsync();
        var key = await KeyAsync(page);
        var first = AuthenticatorCodes.Compute(key, Now);
        await SwitchOnAsync(page, first);
        await Expect(page.Locator("ul.codes code")).ToHaveCountAsync(10);
        var codes = await page.Locator("ul.codes code").AllInnerTextsAsync();
        Assert.Equal(10, codes.Distinct().Count());
        await AccessibilityTests.CheckAsync(page, "recovery codes");
        await page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.GetByText("Recovery codes left: 10 of 10.")).ToBeVisibleAsync();

        // A code works once, and so does a recovery code.
        await SignOutAsync(page);
        await EnterPasswordAsync(page, Member, MemberPassword);
        await EnterAsync(page, "Code", first);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("was used already");
        await AccessibilityTests.CheckAsync(page, "a code refused");
        // the next one, which a hasty app shows already
        await EnterAsync(page, "Code", AuthenticatorCodes.Compute(key, Now.AddSeconds(30)));
        await Expect(Button(page, "Sign out")).ToBeVisibleAsync();
        await SignOutAsync(page);
        await EnterPasswordAsync(page, Member, MemberPassword);
        await page.GotoAsync("/collaboration/requests");
        await Expect(page).ToHaveURLAsync(SignInPage()); // half way is not in
        await EnterPasswordAsync(page, Member, MemberPassword);
        await page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await EnterAsync(page, "Recovery code", codes[0]);
        await page.GotoAsync("/account/two-factor");
        await Expect(page.GetByText("Recovery codes left: 9 of 10.")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "an app is on");
        await page.GetByLabel("Password or a fresh code").FillAsync(MemberPassword);
        await Button(page, "Switch off").ClickAsync();
        await Expect(page.GetByText("The authenticator app is switched off.")).ToBeVisibleAsync();

        // A passkey signs in alone, and no more once it is removed.
        await AddAuthenticatorAsync(page);
        await AddPasskeyAsync(page, "Laptop");
        await Expect(page.GetByText("The passkey is added.")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "a passkey");
        await SignOutAsync(page);
        await Button(page, "Sign in with a passkey").ClickAsync();
        await Expect(Button(page, "Sign out")).ToBeVisibleAsync();
        await page.GotoAsync("/account/two-factor");
        await Button(page, "Remove Laptop").ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Remove Laptop?" })
            .GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByText("The passkey is removed.")).ToBeVisibleAsync();
        await SignOutAsync(page);
        await Button(page, "Sign in with a passkey").ClickAsync();
        await Expect(page.GetByText("This passkey does not sign anybody in here.")).ToBeVisibleAsync();

        // The agency demands it: nothing else opens until it is set up, and then the way goes on.
        await DemandAsync(portal);
        await page.GotoAsync("/collaboration/requests");
        await EnterPasswordAsync(page, Member, MemberPassword);
        await Expect(page.GetByText("Your agency wants everybody to sign in with more than a password.")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "a second factor is demanded");
        foreach (var path in new[] { "/", "/account/profile", "/collaboration" })
        {
            await page.GotoAsync(path);
            await Expect(page).ToHaveURLAsync(new Regex("/account/two-factor"));
        }

        var cookie = (await page.Context.CookiesAsync()).Single(c => c.Name == "portal.session").Value;
        Assert.Equal("302 200 401", await TryAsync(cookie, portal)); // the page for it is live
        foreach (var path in new[] { "/", "/account/profile", "/collaboration/requests" })
        {
            await page.GotoAsync("/account/two-factor");
            await Expect(Button(page, "Add passkey")).ToBeVisibleAsync();
            await page.EvaluateAsync($"Blazor.navigateTo('{path}')"); // within the circuit, as nothing on the page does
            await Expect(page).ToHaveURLAsync(new Regex("/account/two-factor\\?returnUrl="));
        }

        await Expect(page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        await AddPasskeyAsync(page, "Another laptop");
        await Expect(page).ToHaveURLAsync(new Regex("/collaboration/requests$"));
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync(); // with its circuit
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task SignOutAsync(IPage page)
    {
        await page.LiveAsync();
        await Button(page, "Sign out").ClickAsync();
        await Expect(page).ToHaveURLAsync(SignInPage());
    }

    private static async Task EnterPasswordAsync(IPage page, string email, string password)
    {
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Button(page, "Sign in").ClickAsync();
    }

    private static async Task EnterAsync(IPage page, string field, string code)
    {
        await page.GetByLabel(field, new() { Exact = true }).FillAsync(code);
        await Button(page, "Sign in").ClickAsync();
    }

    private static async Task<string> KeyAsync(IPage page) =>
        (await page.Locator("code.key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Sends the code and waits for its answer.</summary>
    private static async Task SwitchOnAsync(IPage page, string code)
    {
        await page.GetByLabel("Code that the app shows").FillAsync(code);
        await page.RunAndWaitForResponseAsync(() => Button(page, "Switch on").ClickAsync(), answer => answer.Request.Method == "POST");
    }

    internal static async Task AddPasskeyAsync(IPage page, string name)
    {
        await page.GetByLabel("Name of the passkey", new() { Exact = true }).Last.FillAsync(name);
        await Button(page, "Add passkey").ClickAsync();
    }

    /// <summary>A device that makes passkeys without asking anybody.</summary>
    internal static async Task AddAuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>Passkeys belong to a name, not to a number.</summary>
    internal static Task<PortalProcess> StartAtANameAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return PortalProcess.StartAsync(
            ("Kestrel__Endpoints__Http__Url", $"http://127.0.0.1:{port}"), ("Portal__PublicUrl", $"http://localhost:{port}"));
    }

    private static async Task DemandAsync(PortalProcess portal)
    {
        await using var node = new SecondNode(portal);
        await using var db = node.Get<PortalDbContextFactory>().CreateForSystem();
        foreach (var agency in await db.Agencies.ToListAsync(Cancel)) agency.RequireTwoFactor(true);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task<IPage> OpenAsync(PortalProcess portal)
    {
        var context = await Fixture.Chromium.NewContextAsync(
            new() { BaseURL = $"http://localhost:{portal.Address.Port}/", Locale = "en-US" });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    /// <summary>What a stolen cookie gets: a page, a circuit, and whether it is told to be signed in.</summary>
    private async Task<string> TryAsync(string cookie, PortalProcess? portal = null)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = (portal ?? Fixture.Portal).Address };
        var statuses = new List<int>();
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, "collaboration/requests"), (HttpMethod.Post, "_blazor/negotiate?negotiateVersion=1"),
            (HttpMethod.Get, "account/session")
        })
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Cookie", $"portal.session={cookie}");
            request.Headers.Add("Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority));
            using var answer = await http.SendAsync(request, Cancel);
            statuses.Add((int)answer.StatusCode);
        }

        return string.Join(' ', statuses);
    }

    [GeneratedRegex("/account/login")]
    private static partial Regex SignInPage();
}
