using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>What a link leads to, by its state.</summary>
public sealed class LinkTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Looking_at_a_link_changes_nothing_and_opens_no_circuit()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var page = await Fixture.OpenAsync();
        var sockets = 0;
        page.WebSocket += (_, _) => sockets++;

        await page.GotoAsync(link, new() { WaitUntil = WaitUntilState.NetworkIdle });

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Grant Permission Now" })).ToBeVisibleAsync();
        Assert.Equal(0, sockets);
        Assert.DoesNotContain(link.Split('/')[^1], await page.TitleAsync(), StringComparison.Ordinal);
        var owner = await node.UserAsync("owner@demo.test", Cancel);
        var details = await node.Get<RequestDetailsReader>().FindAsync(owner.Scope, id, Cancel);
        Assert.Null(details!.Request.OpenedAt);
    }

    [Fact]
    public async Task An_unknown_and_a_deleted_link_are_the_same_page_with_the_same_status()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        await node.Get<RequestService>().DeleteAsync(await node.UserAsync("owner@demo.test", Cancel), id, Cancel);
        using var http = new HttpClient();

        using var deleted = await http.GetAsync(link, Cancel);
        var unknownLink = link[..^43] + new string('A', 43);
        using var unknown = await http.GetAsync(unknownLink, Cancel);

        Assert.Equal((404, 404), ((int)deleted.StatusCode, (int)unknown.StatusCode));
        Assert.Equal(
            Alike(await unknown.Content.ReadAsStringAsync(Cancel), unknownLink.Split('/')[^1]),
            Alike(await deleted.Content.ReadAsStringAsync(Cancel), link.Split('/')[^1]));
        Assert.Contains("This link leads nowhere", await unknown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.True(deleted.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", deleted.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("noindex", deleted.Headers.GetValues("X-Robots-Tag").Single());
    }

    /// <summary>The page without what differs from answer to answer: the link itself and the form's own token.</summary>
    private static string Alike(string page, string token) =>
        Regex.Replace(page.Replace(token, "", StringComparison.Ordinal), "CfDJ8[^\"]+", "");

    [Fact]
    public async Task An_expired_link_is_gone_and_its_holder_can_ask_for_a_new_one()
    {
        await using var portal = await PortalProcess.StartAsync(("Requests__LinkLifetime", "00:10:00"));
        await using var node = new SecondNode(portal, ("Requests:LinkLifetime", "00:00:00.001"));
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var page = await Fixture.OpenAsync(portal: portal);

        var response = await page.GotoAsync(link);
        Assert.Equal(410, response!.Status);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for a new link" }).ClickAsync();

        await Expect(page.GetByText("The sender was told").First).ToBeVisibleAsync();
        await portal.MailToAsync("owner@demo.test", Cancel, "A client asks");
    }

    [Fact]
    public async Task New_link_ends_the_one_that_leaked_and_the_page_that_is_open_by_it()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(), new Words("en"));
        await client.OpenAsync(link);
        await client.Page.LiveAsync();
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeVisibleAsync();
        var owner = new AgencyUser(await Fixture.OpenAsync(), new Words("en"), Fixture.Portal);
        await owner.SignInAsync();
        await owner.Page.GotoAsync($"/collaboration/requests/{id}");
        await owner.Page.LiveAsync();

        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "New link", Exact = true }).ClickAsync();
        await owner.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "New link" }).ClickAsync();
        await Expect(owner.Page.GetByText("There is a new link").First).ToBeVisibleAsync();

        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToHaveCountAsync(0); // it was open
        var again = await client.Page.GotoAsync($"/onboarding/{id}");
        Assert.Equal(403, again!.Status);
        await Expect(client.Page.GetByRole(AriaRole.Heading, new() { Name = "Open the link from your email again" })).ToBeVisibleAsync();
        Assert.Equal(404, (await client.Page.GotoAsync(link))!.Status);
        var renewed = (await node.Get<RequestService>()
            .CopyLinkAsync(await node.UserAsync("owner@demo.test", Cancel), id, Cancel)).Value.AbsoluteUri;
        await client.OpenAsync(renewed);
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_new_link_for_one_recipient_ends_the_page_that_is_open_by_theirs_and_no_other()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, _) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var requester = await node.UserAsync("owner@demo.test", Cancel);
        Assert.True(
            (await node.Get<RequestService>().SendAsync(requester, id, "leaked@link.example, other@link.example", Cancel)).Succeeded);
        var link = await node.LinkOfAsync(id, "leaked@link.example", Cancel);
        var (eve, other) = (new Client(await Fixture.OpenAsync(), new Words("en")), new Client(await Fixture.OpenAsync(), new Words("en")));
        foreach (var (client, own) in new[] { (eve, link), (other, await node.LinkOfAsync(id, "other@link.example", Cancel)) })
        {
            await client.OpenAsync(own);
            await client.Page.LiveAsync();
            await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeVisibleAsync();
        }

        var owner = new AgencyUser(await Fixture.OpenAsync(), new Words("en"), Fixture.Portal);
        await owner.SignInAsync();
        await owner.Page.GotoAsync($"/collaboration/requests/{id}");
        await owner.Page.LiveAsync();
        var renewing = owner.Page.GetByRole(AriaRole.Button, new() { Name = "New link for leaked@link.example", Exact = true });
        await renewing.ClickAsync();
        var question = owner.Page.GetByRole(AriaRole.Dialog, new() { Name = "Make a new link for leaked@link.example?" });
        await Expect(question).ToBeVisibleAsync();
        Assert.Empty(await Axe.RunAsync(owner.Page, Cancel));
        await owner.Page.Keyboard.PressAsync("Escape");
        await Expect(question).ToHaveCountAsync(0);
        await Expect(renewing).ToBeFocusedAsync();
        await renewing.ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "New link" }).ClickAsync();
        await Expect(owner.Page.GetByText("leaked@link.example has a new link").First).ToBeVisibleAsync();

        await Expect(eve.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToHaveCountAsync(0); // it was open
        Assert.Equal(403, (await eve.Page.GotoAsync($"/onboarding/{id}"))!.Status);
        Assert.Equal(404, (await eve.Page.GotoAsync(link))!.Status);
        await Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeVisibleAsync();
        Assert.Equal(200, (await other.Page.GotoAsync($"/onboarding/{id}"))!.Status);
        Assert.NotEqual(link, await node.LinkOfAsync(id, "leaked@link.example", Cancel));
    }

    [Theory]
    [InlineData("/connect/facebook/callback?state=forged&code=x")]
    [InlineData("/connect/facebook/callback")]
    [InlineData("/connect/mailchimp/callback?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/connect/facebook/start?ticket=forged")]
    public async Task A_callback_that_nobody_started_is_refused_in_plain_words(string address)
    {
        var page = await Fixture.OpenAsync();

        var response = await page.GotoAsync(address);

        Assert.Equal(400, response!.Status);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This sign-in cannot be finished" })).ToBeVisibleAsync();
        Assert.DoesNotContain("code=", page.Url, StringComparison.Ordinal);
    }
}
