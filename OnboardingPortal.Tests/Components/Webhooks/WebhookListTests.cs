using Bunit;
using OnboardingPortal.App.Features.Webhooks;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Webhooks;

public sealed class WebhookListTests : PortalContext
{
    private const string Url = "https://hooks.bakery.example/portal";

    private WebhookService Kept => Portal.Get<WebhookService>();

    protected override Dictionary<string, string?> Settings => new() { ["Platforms:Sandbox"] = "true" };

    [Fact]
    public async Task A_webhook_is_added_with_chosen_events_and_its_secret_is_shown_this_once()
    {
        var page = Page(Owner);
        Assert.Contains("Let your own systems know at once", page.Markup, StringComparison.Ordinal);
        await Button(page, "Add webhook").ClickAsync();
        await page.Find("#webhook-url").ChangeAsync("http://hooks.bakery.example");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("must begin with https://", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        await page.Find("#webhook-url").ChangeAsync(Url);
        await Checkbox(page, "All events, also those added later").ChangeAsync(false);
        await page.Find("form").SubmitAsync();
        Assert.Contains(page.FindAll(".field-error"), e => e.TextContent == "Choose at least one event.");
        await Checkbox(page, "request.completed").ChangeAsync(true);
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.StartsWith("whsec_", page.Find("#secret-value").TextContent, StringComparison.Ordinal));
        Assert.Equal(page.Find("#secret-value").TextContent, Button(page, "Copy secret").GetAttribute("data-copy"));
        Assert.Equal((Url, "request.completed"), Assert.Single(Value(await Kept.ListAsync(Owner, Cancel))) is var known ? (known.Url, Assert.Single(known.Types)) : default);
        await Button(page, "I have stored it").ClickAsync();
        Assert.DoesNotContain("whsec_", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_event_is_seen_to_arrive_and_can_be_delivered_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Cancel);
        receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 500, "<script>alert(1)</script>");
        var url = receiver.Address.AbsoluteUri;
        Value(await Kept.AddAsync(Owner, new WebhookInput(url, []), Cancel));
        var page = Page(Owner);

        await Button(page, $"Send test event: {url}").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Waiting", page.Find(".log .chip").TextContent, StringComparison.Ordinal));
        await Portal.Get<WebhookDeliveries>().DeliverAsync(Cancel);
        Clock.Advance(TimeSpan.FromSeconds(1)); // the page looks by itself

        page.WaitForAssertion(() => Assert.Contains("Failed, tries again", page.Find(".log .chip").TextContent, StringComparison.Ordinal));
        Assert.Contains("Answer: 500", page.Find(".log li").TextContent, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page.Find(".log pre").InnerHtml, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"test.event\"", page.Find(".log details pre").TextContent, StringComparison.Ordinal);

        receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 200);
        await page.FindAll(".log button").Single(b => b.TextContent == "Redeliver").ClickAsync();
        await Portal.Get<WebhookDeliveries>().DeliverAsync(Cancel);
        await Button(page, "Refresh").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Delivered", page.Find(".log .chip").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, receiver.Calls.Count);
    }

    [Fact]
    public async Task A_webhook_is_changed_switched_off_and_on_gets_a_new_secret_and_is_removed()
    {
        var old = Value(await Kept.AddAsync(Owner, new WebhookInput(Url, ["request.sent"]), Cancel));
        var page = Page(Owner);
        await Button(page, $"Change: {Url}").ClickAsync();
        Assert.Equal(Url, page.Find("#webhook-url").GetAttribute("value"));
        Assert.True(Checkbox(page, "request.sent").HasAttribute("checked"));
        await Checkbox(page, "All events, also those added later").ChangeAsync(true);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("The webhook was changed.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(Assert.Single(Value(await Kept.ListAsync(Owner, Cancel))).Types);

        await Button(page, $"Switch off: {Url}").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Off", page.Find("article .chip").TextContent));
        Assert.True(Button(page, $"Send test event: {Url}").HasAttribute("disabled"));
        await Button(page, $"Switch on: {Url}").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("On", page.Find("article .chip").TextContent));

        await Button(page, $"New secret: {Url}").ClickAsync();
        await Button(page, "New secret").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("whsec_", page.Find("#secret-value").TextContent, StringComparison.Ordinal));
        Assert.NotEqual(old.Secret, page.Find("#secret-value").TextContent);
        Assert.Contains("The old secret signs beside the new one", page.Find("article").TextContent, StringComparison.Ordinal);

        await Button(page, $"Remove: {Url}").ClickAsync();
        await Button(page, "Remove").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("The webhook was removed.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(Value(await Kept.ListAsync(Owner, Cancel)));
    }

    [Fact]
    public async Task A_sub_user_who_got_here_sees_nothing()
    {
        Value(await Kept.AddAsync(Owner, new WebhookInput(Url, []), Cancel));

        var page = RenderFor<WebhookList>(Member);

        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("hooks.bakery.example", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button.primary"));
    }

    private IRenderedComponent<WebhookList> Page(AgencyCaller user)
    {
        var page = RenderFor<WebhookList>(user);
        page.WaitForElement("button.primary");
        return page;
    }

    private static AngleSharp.Dom.IElement Checkbox(IRenderedComponent<WebhookList> page, string name) =>
        page.FindAll("label").Single(l => l.TextContent.Trim() == name).QuerySelector("input")!;
}
