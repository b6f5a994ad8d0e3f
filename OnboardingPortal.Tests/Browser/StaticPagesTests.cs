using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Components.Layout;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Pages without a circuit are light and come from the portal alone.</summary>
public sealed class StaticPagesTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const long Most = 60_000;

    [Fact]
    public async Task Pages_without_a_circuit_weigh_little_load_no_script_of_a_library_and_talk_to_the_portal_alone()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, FacebookDefaults.Key, MailchimpDefaults.Key);
        string[] addresses =
        [
            link, link + "/identify", "/r/unknown", "/r/stop/unknown", "/connect/problem", "/onboarding/1/done", "/account/login",
            "/account/forgot", "/account/reset/1/dead",
            "/account/denied", await InvitationAsync(node), "/not-found", "/error",
        ];
        foreach (var address in addresses)
        {
            var (weight, loaded, broken) = await LoadAsync(address);

            Assert.True(weight <= Most, $"{address} weighs {weight} bytes: {string.Join(' ', loaded)}");
            Assert.DoesNotContain(
                loaded, file => file.Contains("_framework", StringComparison.Ordinal)
                    || file.Contains("mudblazor", StringComparison.OrdinalIgnoreCase));
            Assert.All(loaded, file => Assert.Equal(Fixture.Portal.Address.Host, new Uri(file).Host));
            Assert.True(broken.Count == 0, $"{address}: {string.Join("; ", broken)}");
        }
    }

    [Theory]
    [InlineData("en", 1280, ColorScheme.Light)]
    [InlineData("de", 360, ColorScheme.Dark)]
    public async Task The_way_in_and_the_pages_for_what_is_not_there_are_for_everybody(string language, int width, ColorScheme scheme)
    {
        var page = await Fixture.OpenAsync(language, width, scheme);
        foreach (var address in new[]
        {
            "/account/login", "/account/denied", "/not-found", "/error", "/r/unknown", "/connect/problem", "/onboarding/1/done"
        })
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
            await AccessibilityTests.CheckAsync(page, address);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_the_shell_of_a_live_page_and_with_its_status_in_a_document_of_its_own()
    {
        var page = await Fixture.OpenAsync();
        await new AgencyUser(page, new Words("en"), Fixture.Portal).SignInAsync();
        var heading = page.GetByRole(AriaRole.Heading, new() { Name = "Page not found", Level = 1 });
        foreach (var address in new[] { "/collaboration/requests/1", "/nothing/here" })
        {
            Assert.Equal(404, (await page.GotoAsync(address))!.Status);
            await Expect(heading).ToBeVisibleAsync();
            await AccessibilityTests.CheckAsync(page, address);
        }

        await page.GotoAsync("/collaboration");
        await page.LiveAsync();
        await page.EvaluateAsync("Blazor.navigateTo('/collaboration/requests/1')");
        await Expect(heading).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Collaboration" })).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "a live page that finds nothing");
    }

    private async Task<(long Weight, List<string> Loaded, List<string> Broken)> LoadAsync(string address)
    {
        var page = await Fixture.OpenAsync(); // nothing is kept from the one before
        var (weight, loaded, broken) = (0L, new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var devTools = await page.Context.NewCDPSessionAsync(page);
        devTools.Event("Network.responseReceived").OnEvent += (_, said) =>
            loaded.Enqueue(said!.Value.GetProperty("response").GetProperty("url").GetString()!);
        devTools.Event("Network.loadingFinished").OnEvent += (_, said) =>
            Interlocked.Add(ref weight, (long)said!.Value.GetProperty("encodedDataLength").GetDouble());
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) broken.Enqueue(message.Text);
        };
        await devTools.SendAsync("Network.enable");
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var classes = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('[class]')].flatMap(element => [...element.classList])");
        foreach (var rule in PartsSheet.LackedWith(classes)) broken.Enqueue($"parts.css lacks {rule}");
        foreach (var part in await page.Locator("style, script:not([src]), [onclick]").AllAsync())
            broken.Enqueue(await part.EvaluateAsync<string>("element => element.outerHTML"));
        await page.Context.CloseAsync();
        return (Interlocked.Read(ref weight), [.. loaded], [.. broken]);
    }

    private static async Task<string> InvitationAsync(SecondNode node)
    {
        var owner = await node.UserAsync("owner@demo.test", Cancel);
        var invited = await node.Get<InvitationService>()
            .InviteAsync(owner, new NewInvitation("light@users.example", AgencyRole.SubUser), Cancel);
        await using var db = node.Get<PortalDbContextFactory>().Create(owner.Agency);
        var token = await db.Invitations.Where(i => i.Id == invited.Value).Select(i => i.TokenProtected).SingleAsync(Cancel);
        return node.Get<InvitationTokens>().LinkOf(token!).AbsoluteUri;
    }
}
