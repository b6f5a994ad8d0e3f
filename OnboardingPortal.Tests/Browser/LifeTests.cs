using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OnboardingPortal.App.Features.Development;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>A request's time runs out, it is renewed, changed while the client is in it, and its reminders are stopped.</summary>
public sealed partial class LifeTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task An_expired_link_is_asked_for_anew_renewed_with_one_press_and_the_client_goes_on()
    {
        const string recipient = "late@life.example";
        var words = new Words("en");
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await ASentRequestAsync(node, recipient);
        await ExpireAsync(node, id);
        var client = new Client(await Fixture.OpenAsync(), words);

        Assert.Equal(410, (await client.Page.GotoAsync(link))!.Status);
        await client.Button("Ask for a new link").ClickAsync();
        await Expect(client.Page.GetByText("The sender was told").First).ToBeVisibleAsync();

        await Fixture.Portal.MailToAsync("owner@demo.test", Cancel, "A client asks");
        var asked = PickedUpMail.ReadAll(Path.Combine(Fixture.Portal.DataDirectory, "mail"))
            .First(m => m.Text.Contains($"/collaboration/requests/{id}", StringComparison.Ordinal));
        var agency = new AgencyUser(await Fixture.OpenAsync(), words, Fixture.Portal);
        await agency.SignInAsync();
        await agency.Page.GotoAsync(asked.Link!); // the mail's button
        await Expect(agency.Page.GetByText("Somebody with the expired link asks for a new one.")).ToBeVisibleAsync();
        await agency.Page.GetByRole(AriaRole.Button, new() { Name = "Renew link" }).ClickAsync();
        await Expect(agency.Page.GetByText("The link is renewed. The email is on its way.")).ToBeVisibleAsync();

        await client.OpenAsync(link);
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeEnabledAsync();

        await agency.Page.GetByRole(AriaRole.Link, new() { Name = "Edit request" }).ClickAsync();
        await agency.Page.GetByRole(AriaRole.Checkbox, new() { Name = "HubSpot" }).CheckAsync();
        await agency.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(agency.Page.GetByText("The changes are saved, and the link stays the same.")).ToBeVisibleAsync();
        // nobody reloaded the client's page
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add HubSpot" })).ToBeEnabledAsync();
        await Expect(agency.Page).ToHaveURLAsync(new Regex($"/collaboration/requests/{id}$"));

        await client.SignInToMailchimpAsync();
        await Expect(client.Page.GetByText(words["Connected as {0}", "Blue Bakery"]).First).ToBeVisibleAsync();
        await Expect(agency.Page.GetByText("started signing in at Mailchimp")).ToBeVisibleAsync();
        await agency.Page.GetByRole(AriaRole.Link, new() { Name = "Edit request" }).ClickAsync();
        await Expect(agency.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Mailchimp" })).ToBeDisabledAsync();
        await Expect(agency.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Mailchimp" })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_recipient_stops_the_reminders_from_the_mail_and_takes_it_back()
    {
        const string recipient = "calm@life.example";
        await using var node = new SecondNode(Fixture.Portal);
        var (id, _) = await ASentRequestAsync(node, recipient);
        var mail = PickedUpMail.ReadAll(Path.Combine(Fixture.Portal.DataDirectory, "mail"))
            .First(m => m.To.Contains(recipient, StringComparison.Ordinal));
        var stop = StopLink().Match(mail.Text).Value;
        var page = await Fixture.OpenAsync();

        var looked = await page.GotoAsync(stop);
        Assert.Equal((200, "noindex"), (looked!.Status, looked.Headers["x-robots-tag"]));
        Assert.Contains("no-store", looked.Headers["cache-control"], StringComparison.Ordinal);
        Assert.False(await IsStoppedAsync(node, recipient)); // a mail scanner's GET stops nothing
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop reminders" }).ClickAsync();
        await Expect(page.GetByText($"{recipient} gets no more reminders of this request.")).ToBeVisibleAsync();
        Assert.True(await IsStoppedAsync(node, recipient));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me reminders after all" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop reminders" })).ToBeVisibleAsync();
        Assert.False(await IsStoppedAsync(node, recipient));

        // a mail program's one press
        using var program = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        Assert.Equal(HttpStatusCode.OK, await PostAsync(program, stop, ("List-Unsubscribe", "One-Click")));
        Assert.True(await IsStoppedAsync(node, recipient));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(program, stop, ("choice", "something")));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(program, stop[..^4] + "AAAA", ("List-Unsubscribe", "One-Click")));

        await node.Get<RequestService>().DeleteAsync(await node.UserAsync("owner@demo.test", Cancel), id, Cancel);
        var forged = await page.GotoAsync(stop[..^4] + "AAAA");
        Assert.Equal(404, forged!.Status);
        var (forgedPage, unknown) = (await forged.TextAsync(), await (await page.GotoAsync(
            new Uri(Fixture.Portal.Address, "/r/unknown").AbsoluteUri))!.TextAsync());
        Assert.Equal(TextOf(unknown), TextOf(forgedPage));
        Assert.Contains("This link leads nowhere", forgedPage, StringComparison.Ordinal);
        Assert.Equal(404, (await page.GotoAsync(stop))!.Status); // deleted
    }

    private static string TextOf(string html) => Regex.Replace(Regex.Replace(html, "(CfDJ8[^\"&]+|%2F[^\"&]*)", ""), "<[^>]*>", "");

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string address, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        using var answer = await http.PostAsync(address, content, Cancel);
        return answer.StatusCode;
    }

    private static async Task<bool> IsStoppedAsync(SecondNode node, string recipient)
    {
        await using var db = node.Get<PortalDbContextFactory>().CreateForSystem();
        return await db.Recipients.IgnoreQueryFilters().AnyAsync(r => r.Email == recipient && r.RemindersStoppedAt != null, Cancel);
    }

    private static async Task ExpireAsync(SecondNode node, RequestId id)
    {
        await using var db = node.Get<PortalDbContextFactory>().CreateForSystem();
        var past = DateTimeOffset.UtcNow.AddMinutes(-1);
        await db.Requests.IgnoreQueryFilters().Where(r => r.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ExpiresAt, past), Cancel);
        // long ago
        await db.EmailMessages.IgnoreQueryFilters().Where(m => m.RequestId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.QueuedAt, past.AddDays(-30)), Cancel);
    }

    private async Task<(RequestId Id, string Link)> ASentRequestAsync(SecondNode node, string recipient)
    {
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var sent = await node.Get<RequestService>().SendAsync(await node.UserAsync("owner@demo.test", Cancel), id, recipient, Cancel);
        Assert.True(sent.Succeeded);
        await Fixture.Portal.MailToAsync(recipient, Cancel);
        return (id, link);
    }

    [GeneratedRegex(@"http\S+/r/stop/[\w-]+")]
    private static partial Regex StopLink();
}
