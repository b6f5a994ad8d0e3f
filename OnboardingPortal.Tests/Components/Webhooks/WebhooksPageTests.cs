using Bunit;
using OnboardingPortal.App.Features.Webhooks;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Webhooks;

public sealed class WebhooksPageTests : PortalContext
{
    private const string Url = "https://hooks.bakery.example/portal";

    private WebhookService Kept => Portal.Get<WebhookService>();

    protected override Dictionary<string, string?> Settings => new() { ["Platforms:Sandbox"] = "true" };

    [Fact]
    public async Task A_webhook_is_added_with_chosen_events_and_its_secret_is_shown_this_once()
    {
        var page = Page(Owner);
        Assert.Contains("Let your own systems know at once", page.Markup, StringComparison.Ordinal);
        var adding = Button(page, "Add webhook").ClickAsync();
        await Address().ChangeAsync("http://hooks.bakery.example");
        await Dialogs.Find("form").SubmitAsync();
        Dialogs.WaitForAssertion(() => Assert.Contains("must begin with https://", Dialogs.Markup, StringComparison.Ordinal));
        await Address().ChangeAsync(Url);
        await Checkbox("All events, also those added later").ChangeAsync(false);
        await Dialogs.Find("form").SubmitAsync();
        Dialogs.WaitForAssertion(() => Assert.Equal("Choose at least one event.", Dialogs.Find("[role=alert]").TextContent));
        await Checkbox("request.completed").ChangeAsync(true);
        await Dialogs.Find("form").SubmitAsync();

        var secret = Secret();
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Single(Buttons(Dialogs, "Copy secret"));
        Assert.Equal(
            (Url, "request.completed"),
            Assert.Single(Value(await Kept.ListAsync(Owner, Cancel))) is var known ? (known.Url, Assert.Single(known.Types)) : default);
        await Button(Dialogs, "I have stored it").ClickAsync();
        await adding;
        Assert.DoesNotContain(secret, page.Markup + Dialogs.Markup, StringComparison.Ordinal);
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
        page.WaitForAssertion(() => Assert.Contains("Waiting", page.Find("ol .state-chip").TextContent, StringComparison.Ordinal));
        await Portal.Get<WebhookDeliveries>().DeliverAsync(Cancel);
        Clock.Advance(TimeSpan.FromSeconds(1)); // the page looks by itself

        page.WaitForAssertion(
            () => Assert.Contains("Failed, tries again", page.Find("ol .state-chip").TextContent, StringComparison.Ordinal));
        Assert.Contains("Answer: 500", page.Find("ol li").TextContent, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page.Find("ol pre").InnerHtml, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"test.event\"", page.Find("ol details pre").TextContent, StringComparison.Ordinal);

        receiver.Answer = (http, _) => WebhookReceiver.AnswerAsync(http, 200);
        await page.FindAll("ol button").Single(b => b.TextContent == "Redeliver").ClickAsync();
        await Portal.Get<WebhookDeliveries>().DeliverAsync(Cancel);
        await Button(page, "Refresh").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Delivered", page.Find("ol .state-chip").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, receiver.Calls.Count);
    }

    [Fact]
    public async Task A_webhook_is_changed_switched_off_and_on_gets_a_new_secret_and_is_removed()
    {
        var old = Value(await Kept.AddAsync(Owner, new WebhookInput(Url, ["request.sent"]), Cancel));
        var page = Page(Owner);
        var changing = Button(page, $"Change: {Url}").ClickAsync();
        Assert.Equal(Url, Address().GetAttribute("value"));
        Assert.True(Checkbox("request.sent").HasAttribute("checked"));
        await Checkbox("All events, also those added later").ChangeAsync(true);
        await Dialogs.Find("form").SubmitAsync();
        await changing;
        Assert.Contains("The webhook was changed.", Told, StringComparison.Ordinal);
        Assert.Empty(Assert.Single(Value(await Kept.ListAsync(Owner, Cancel))).Types);

        await Button(page, $"Switch off: {Url}").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Off", page.Find(".state-chip").TextContent));
        Assert.True(Button(page, $"Send test event: {Url}").HasAttribute("disabled"));
        await Button(page, $"Switch on: {Url}").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("On", page.Find(".state-chip").TextContent));

        var renewing = Button(page, $"New secret: {Url}").ClickAsync();
        await AnswerAsync("New secret");
        var secret = Secret();
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.NotEqual(old.Secret, Secret());
        await Button(Dialogs, "I have stored it").ClickAsync();
        await renewing;
        Assert.Contains("The old secret signs beside the new one", page.Find("[role=group]").TextContent, StringComparison.Ordinal);

        var removing = Button(page, $"Remove: {Url}").ClickAsync();
        await AnswerAsync("Remove");
        await removing;
        Assert.Contains("The webhook was removed.", Told, StringComparison.Ordinal);
        Assert.Empty(Value(await Kept.ListAsync(Owner, Cancel)));
    }

    [Fact]
    public async Task A_sub_user_who_got_here_sees_nothing()
    {
        Value(await Kept.AddAsync(Owner, new WebhookInput(Url, []), Cancel));

        var page = RenderFor<WebhooksPage>(Member);

        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("hooks.bakery.example", page.Markup, StringComparison.Ordinal);
        Assert.Empty(Buttons(page, "Add webhook"));
    }

    [Fact]
    public async Task The_open_log_stands_in_the_address_so_that_a_reload_shows_it_again()
    {
        var made = Value(await Kept.AddAsync(Owner, new WebhookInput(Url, []), Cancel));
        var page = Page(Owner);
        await Button(page, $"Log: {Url}").ClickAsync();
        Assert.EndsWith($"/settings/webhooks?log={made.Id}", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("Nothing was delivered yet", page.Markup, StringComparison.Ordinal));

        var again = RenderFor<WebhooksPage>(Owner);
        again.WaitForAssertion(() => Assert.Contains("Nothing was delivered yet", again.Markup, StringComparison.Ordinal));

        await Button(again, $"Log: {Url}").ClickAsync();
        Assert.EndsWith("/settings/webhooks", Navigation.Uri, StringComparison.Ordinal);
        again.WaitForAssertion(() => Assert.DoesNotContain("Nothing was delivered yet", again.Markup, StringComparison.Ordinal));
    }

    private IRenderedComponent<WebhooksPage> Page(AgencyCaller user)
    {
        _ = (Popups, Dialogs);
        var page = RenderFor<WebhooksPage>(user);
        page.WaitForElement("details");
        return page;
    }

    private AngleSharp.Dom.IElement Address() => Dialogs.WaitForElement("input[type=url]");

    private string Secret() => Dialogs.WaitForElement("input[readonly]").GetAttribute("value")!;

    private AngleSharp.Dom.IElement Checkbox(string name) =>
        Dialogs.FindAll("label").Single(l => l.TextContent.Trim() == name).QuerySelector("input")!;

    private async Task AnswerAsync(string yes)
    {
        Dialogs.WaitForElement("[role=dialog]");
        await Button(Dialogs, yes).ClickAsync();
    }
}
