using System.Net;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>How often the database is asked about a link while it answers one request of a browser.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class LinkLookupTests
{
    private const string Host = "onboard.bakery.localhost";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_and_its_participant_are_looked_up_once_a_request(bool onOwnHost)
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command", "Information"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Information"));
        await using var node = new SecondNode(portal);
        if (onOwnHost) await ShowHostAsync(node);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var landing = new Uri(link);
        var identify = new Uri($"{link}/identify");
        var wizard = new Uri(landing, $"/onboarding/{id}");
        using var browser = new PlainBrowser(portal);

        Assert.Equal(onOwnHost, landing.Host == Host);
        var shown = await browser.GetAsync(landing, Cancel);
        var opened = await browser.PostAsync(
            landing, Cancel, ("_handler", "open"), ("__RequestVerificationToken", FormToken().Match(shown.Text).Groups[1].Value));
        Assert.Equal(identify.AbsolutePath, PlainBrowser.NextOf(opened)?.AbsolutePath);
        var identified = await browser.SubmitAsync(identify, Cancel, ("name", "Nora Baker"), ("email", "nora@bakery.example"));
        Assert.Equal(wizard.AbsolutePath, PlainBrowser.NextOf(identified)?.AbsolutePath);
        Assert.Equal(wizard.AbsolutePath, PlainBrowser.NextOf(await browser.GetAsync(landing, Cancel))?.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(wizard, Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(new Uri(landing, "/r/unknown"), Cancel)).Status);
        await portal.StopAsync(Cancel); // all is written

        var requests = AnswersOf(portal).Select(log => (Link: LinkLookup().Count(log), Participant: ParticipantLookup().Count(log)));
        Assert.Equal([(1, 0), (1, 0), (1, 0), (1, 0), (1, 1), (0, 1), (1, 0)], requests);
    }

    [Fact]
    public async Task On_an_own_host_a_link_of_another_agency_costs_as_much_as_one_that_nobody_has()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command", "Information"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Information"));
        await using var node = new SecondNode(portal);
        var foreign = await LinkOfOtherAgencyAsync(node);
        await ShowHostAsync(node);
        var host = new UriBuilder(portal.Address) { Host = Host }.Uri;
        using var browser = new PlainBrowser(portal);

        var unknown = await browser.GetAsync(new Uri(host, $"/r/{new string('A', 43)}"), Cancel);
        var others = await browser.GetAsync(new Uri(host, foreign.AbsolutePath), Cancel);
        await portal.StopAsync(Cancel);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.Status, others.Status));
        Assert.Equal([1, 1], AnswersOf(portal).Select(log => LinkLookup().Count(log)));
    }

    private static async Task<Uri> LinkOfOtherAgencyAsync(SecondNode node)
    {
        var owner = await node.UserAsync("owner@other.test", Cancel);
        var requests = node.Get<RequestService>();
        var made = await requests.CreateAsync(owner, new RequestTerms("Hello", [MailchimpDefaults.Key], null, null), Cancel);
        return (await requests.CopyLinkAsync(owner, made.Value, Cancel)).Value;
    }

    private static async Task ShowHostAsync(SecondNode node)
    {
        var owner = await node.UserAsync("owner@demo.test", Cancel);
        Assert.Null(await node.Get<BrandingService>().SaveAsync(
            owner, BrandingInput.Of(null) with { IsOn = true, CompanyName = "Company", PublicHost = Host },
            new LogoChange(true, Pictures.Png()), Cancel));
        while ((await node.Get<BrandingService>().GetAsync(owner, Cancel)).Value.Host!.CheckedAt is null)
            await node.Get<OwnHosts>().CheckAsync(owner, Cancel);
    }

    /// <summary>
    /// What was logged of each request for a client's page, in their order. Nobody asks for two at once, and what the portal does by itself
    /// meanwhile looks up no link.
    /// </summary>
    private static IEnumerable<string> AnswersOf(PortalProcess portal) => ClientPage().Split(portal.Log).Skip(1);

    [GeneratedRegex(@"Request starting HTTP/1\.1 \w+ \w+://[^/\s]+/(?:r|onboarding)/")]
    private static partial Regex ClientPage();

    [GeneratedRegex(@"name=""__RequestVerificationToken"" value=""([^""]+)")]
    private static partial Regex FormToken();

    [GeneratedRegex(@"""LinkTokenHash"" = @\w+\s+UNION ALL")]
    private static partial Regex LinkLookup();

    [GeneratedRegex(@"""AgencyId"", ""\w+"".""RequestId"", ""\w+"".""Id"", ""\w+"".""Name""\s+FROM ""participants""")]
    private static partial Regex ParticipantLookup();
}
