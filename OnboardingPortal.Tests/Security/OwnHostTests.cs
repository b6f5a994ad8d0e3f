using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Sandbox.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>Attacks by an agency's own host: on sign-ins that come back over it, and on hosts that belong to somebody else.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed class OwnHostTests
{
    private const string Host = "onboard.bakery.localhost";
    private const string Code = "CANARY-CODE";
    private static readonly (string, string) NoPointing = ("OwnHosts__PointingIsProof", "false");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_is_only_claimed_serves_nothing_and_gets_nothing_of_a_sign_in()
    {
        await using var portal = await PortalProcess.StartAsync(NoPointing);
        await using var node = new SecondNode(portal, ("OwnHosts:PointingIsProof", "false"));
        var way = await WayAsync(portal, node, claimsBefore: false);
        await ClaimAsync(node, "owner@demo.test");
        using var victim = new PlainBrowser(portal);

        var answer = await victim.GetAsync(CallbackOf(portal, way.State), Cancel);

        Assert.DoesNotContain(Code, answer.Text, StringComparison.Ordinal);
        Assert.Equal("/connect/problem", answer.Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await victim.GetAsync(OwnAddress(portal, "/connect/problem"), Cancel)).Status);
        Assert.Equal(portal.Address.Host, new Uri((await node.ARequestAsync(Cancel, MailchimpDefaults.Key)).Link).Host);
    }

    [Fact]
    public async Task A_sign_in_that_one_browser_starts_on_the_own_host_is_not_finished_by_another()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var node = new SecondNode(portal);
        var way = await WayAsync(portal, node);
        using var victim = new PlainBrowser(portal);

        var answer = await victim.GetAsync(CallbackOf(portal, way.State), Cancel);

        Assert.DoesNotContain(Code, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Host, answer.Text + answer.Location, StringComparison.Ordinal);
        Assert.Equal("/connect/problem", answer.Location?.AbsolutePath);
        Assert.Empty(await node.AccountsAsync(way.Request, Cancel));
    }

    [Fact]
    public async Task A_secret_that_was_planted_in_the_browser_is_not_taken_over()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var node = new SecondNode(portal);
        var planted = new string('p', 43);

        var way = await WayAsync(portal, node, claimsBefore: false, plant: planted);

        Assert.DoesNotContain(way.SetCookies, cookie => cookie.Contains(planted, StringComparison.Ordinal));
        using var attacker = new PlainBrowser(portal);
        foreach (var name in way.Browser.CookiesOf(portal.Address).Keys.Where(n => n.Contains("connect", StringComparison.Ordinal)))
            attacker.CookiesOf(portal.Address)[name] = planted;
        Assert.Equal("/connect/problem", (await attacker.GetAsync(CallbackOf(portal, way.State), Cancel)).Location?.AbsolutePath);
    }

    [Fact]
    public async Task What_comes_back_over_the_own_host_is_taken_once_and_by_the_browser_that_started_there()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var node = new SecondNode(portal);
        var way = await WayAsync(portal, node);
        var callback = await SignInAsync(way);
        using var other = new PlainBrowser(portal);
        // not those of the own host
        foreach (var (name, value) in way.Browser.CookiesOf(portal.Address)) other.CookiesOf(portal.Address)[name] = value;

        var handle = PlainBrowser.NextOf(await way.Browser.GetAsync(callback, Cancel))!;
        Assert.Equal((Host, "/connect/mailchimp/return"), (handle.Host, handle.AbsolutePath));
        Assert.DoesNotContain(QueryHelpers.ParseQuery(callback.Query)["code"].ToString(), handle.AbsoluteUri, StringComparison.Ordinal);
        // the second time there is no handle
        Assert.Equal($"/onboarding/{way.Request}", PlainBrowser.NextOf(await other.GetAsync(callback, Cancel))?.AbsolutePath);
        Assert.Equal("/connect/problem", (await other.GetAsync(handle, Cancel)).Location?.AbsolutePath);
        Assert.Equal(
            "/connect/problem", (await way.Browser.GetAsync(new Uri(portal.Address, handle.PathAndQuery), Cancel)).Location?.AbsolutePath);
        Assert.Empty(await node.AccountsAsync(way.Request, Cancel));

        Assert.Equal($"/onboarding/{way.Request}", (await way.Browser.GetAsync(handle, Cancel)).Location?.AbsolutePath);
        Assert.Equal(["Blue Bakery"], await node.AccountsAsync(way.Request, Cancel));
        Assert.Equal($"/onboarding/{way.Request}", (await way.Browser.GetAsync(handle, Cancel)).Location?.AbsolutePath);
        Assert.Equal("/connect/problem", (await other.GetAsync(handle, Cancel)).Location?.AbsolutePath);
        Assert.Single(await node.AccountsAsync(way.Request, Cancel));
    }

    [Fact]
    public async Task A_way_over_the_portals_host_can_be_gone_once()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var node = new SecondNode(portal);
        var way = await WayAsync(portal, node);
        using var other = new PlainBrowser(portal);

        Assert.Equal("/connect/problem", (await other.GetAsync(way.Leaving!, Cancel)).Location?.AbsolutePath);
        Assert.Equal(
            "/connect/problem", (await other.GetAsync(OwnAddress(portal, way.Leaving!.PathAndQuery), Cancel)).Location?.AbsolutePath);
    }

    [Fact]
    public async Task A_host_given_up_is_not_another_agencys_because_it_still_leads_here()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var node = new SecondNode(portal);
        await ShowAsync(node, "owner@demo.test");
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        Assert.Equal(Host, new Uri(link).Host);
        using var client = new PlainBrowser(portal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(link), Cancel)).Status);

        await ClaimAsync(node, "owner@demo.test", null);
        await ClaimAsync(node, "owner@other.test");
        while (await HostOfAsync(node, "owner@other.test") is { Problem: null, CheckedAt: null })
        {
            await node.Get<OwnHosts>().CheckAsync(await node.UserAsync("owner@other.test", Cancel), Cancel);
        }

        Assert.Equal(OwnHostProblem.WrongAnswer, (await HostOfAsync(node, "owner@other.test")).Problem);
        foreach (var path in new[] { "/r/unknown", "/connect/problem", new Uri(link).AbsolutePath })
        {
            Assert.Equal(HttpStatusCode.MisdirectedRequest, (await client.GetAsync(OwnAddress(portal, path), Cancel)).Status);
        }
    }

    [Fact]
    public async Task Links_on_a_host_that_waits_for_its_proof_lead_on_to_the_portals_host_and_nothing_else_does()
    {
        await using var portal = await PortalProcess.StartAsync(NoPointing);
        await using var node = new SecondNode(portal, ("OwnHosts:PointingIsProof", "false"));
        await ClaimAsync(node, "owner@demo.test");
        var link = new Uri((await node.ARequestAsync(Cancel, MailchimpDefaults.Key)).Link);
        var other = await node.UserAsync("owner@other.test", Cancel);
        var theirs = (await node.Get<RequestService>()
            .CreateAsync(other, new("Hello", [MailchimpDefaults.Key], null, null, null), Cancel)).Value;
        var theirLink = (await node.Get<RequestService>().CopyLinkAsync(other, theirs, Cancel)).Value;
        using var client = new PlainBrowser(portal);

        Assert.Equal(link, (await client.GetAsync(OwnAddress(portal, link.AbsolutePath), Cancel)).Location);
        var (owner, logo) = ((await node.UserAsync("owner@demo.test", Cancel)).Agency, new string('0', 64));
        Assert.Equal(
            new Uri(portal.Address, $"/brand/{owner}/{logo}"),
            (await client.GetAsync(OwnAddress(portal, $"/brand/{owner}/{logo}"), Cancel)).Location);
        Assert.Equal(
            new Uri(portal.Address, "/onboarding/1"), (await client.GetAsync(OwnAddress(portal, "/onboarding/1"), Cancel)).Location);
        foreach (var path in new[]
        {
            theirLink.AbsolutePath, $"/brand/{other.Agency}/{logo}", "/r/unknown", "/", "/account/login", "/connect/problem",
            "/.well-known/onboardingportal/guess"
        })
        {
            Assert.Equal(HttpStatusCode.MisdirectedRequest, (await client.GetAsync(OwnAddress(portal, path), Cancel)).Status);
        }
    }

    [Fact]
    public async Task With_https_the_secret_of_a_way_belongs_to_its_host_alone()
    {
        await using var portal = await PortalProcess.StartAsync(("Portal__PublicUrl", "https://portal.example"));
        await using var node = new SecondNode(portal, ("Portal:PublicUrl", "https://portal.example"));
        var way = await WayAsync(portal, node, claimsBefore: false);

        var cookie = Assert.Single(way.SetCookies, c => c.Contains("portal.connect", StringComparison.Ordinal));
        Assert.StartsWith("__Host-portal.connect.", cookie, StringComparison.Ordinal);
        Assert.All(["; secure", "; path=/;", "; httponly"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A way to the platform, started by a client in a browser of its own.</summary>
    private sealed record Way(PlainBrowser Browser, RequestId Request, Uri Platform, Uri? Leaving, IReadOnlyList<string> SetCookies)
    {
        public string State { get; } = QueryHelpers.ParseQuery(Platform.Query)["state"].ToString();
    }

    /// <summary>Begins as the wizard does and follows the browser until it is at the platform.</summary>
    private static async Task<Way> WayAsync(PortalProcess portal, SecondNode node, bool claimsBefore = true, string? plant = null)
    {
        if (claimsBefore) await ShowAsync(node, "owner@demo.test");
        var (request, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var browser = new PlainBrowser(portal);
        var identified = await browser.SubmitAsync(
            new Uri(link + "/identify"), Cancel, ("name", "The baker"), ("email", "client@bakery.example"));
        Assert.Equal(HttpStatusCode.Redirect, identified.Status);
        var ticket = (await node.Get<ConnectService>()
            .BeginAsync(await node.ParticipantAsync(request, Cancel), MailchimpDefaults.Key, new(), Cancel)).Value;
        if (plant is not null) browser.CookiesOf(new Uri(link))["portal.connect"] = plant;
        var answer = await browser.GetAsync(new Uri(new Uri(link), $"/connect/mailchimp/start?ticket={ticket}"), Cancel);
        var set = answer.SetCookies.ToList();
        Uri? leaving = null;
        while (answer.Location is { } next && !next.AbsolutePath.StartsWith("/sandbox/", StringComparison.Ordinal))
        {
            Assert.NotEqual("/connect/problem", next.AbsolutePath);
            leaving = next;
            answer = await browser.GetAsync(next, Cancel);
            set.AddRange(answer.SetCookies);
        }

        return new Way(browser, request, answer.Location!, leaving, set);
    }

    private static Uri CallbackOf(PortalProcess portal, string state) =>
        new(portal.Address, $"/connect/mailchimp/callback?code={Code}&state={state}");

    private static Uri OwnAddress(PortalProcess portal, string path) => new(new UriBuilder(portal.Address) { Host = Host }.Uri, path);

    /// <summary>Signs in at the platform and agrees.</summary>
    /// <returns>The callback, with a code.</returns>
    private static async Task<Uri> SignInAsync(Way way)
    {
        var consent = (await way.Browser.PostAsync(
            way.Platform, Cancel, ("email", MailchimpPeople.All[0].Email), ("password", "any"))).Location!;
        var signIn = QueryHelpers.ParseQuery(consent.Query)["sign_in"].ToString();
        return (await way.Browser.PostAsync(consent, Cancel, ("sign_in", signIn), ("answer", "authorize"))).Location!;
    }

    private static async Task<OwnHostState> HostOfAsync(SecondNode node, string email) =>
        (await node.Get<BrandingService>().GetAsync(await node.UserAsync(email, Cancel), Cancel)).Value.Host!;

    /// <summary>Sets the own host and lets the portal find that it leads here; its own round may be quicker.</summary>
    private static async Task ShowAsync(SecondNode node, string email)
    {
        await ClaimAsync(node, email);
        while ((await HostOfAsync(node, email)).CheckedAt is null)
            await node.Get<OwnHosts>().CheckAsync(await node.UserAsync(email, Cancel), Cancel);
    }

    /// <summary>Sets the own host as the form does.</summary>
    private static async Task ClaimAsync(SecondNode node, string email, string? host = Host)
    {
        var owner = await node.UserAsync(email, Cancel);
        Assert.Null(await node.Get<BrandingService>().SaveAsync(
            owner, BrandingInput.Of(null) with { IsOn = true, CompanyName = $"Company of {email}", PublicHost = host },
            new LogoChange(true, Pictures.Png()), Cancel));
    }
}
