using Microsoft.Playwright;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>A main user lets a system of their own know, and it does.</summary>
[Collection(OfTheAgency)]
public sealed class WebhookTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_webhook_is_added_tried_and_called_when_a_request_is_saved()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Cancel);
        var saved = new TaskCompletionSource<WebhookCall>();
        receiver.Answer = (http, call) =>
        {
            if (call.Type == "request.created") saved.TrySetResult(call);
            return WebhookReceiver.AnswerAsync(http, 200, "Thank you");
        };
        var owner = new AgencyUser(await Fixture.OpenAsync(), new Words("en"), Fixture.Portal);
        await owner.SignInAsync("owner@other.test", "Demo-Owner-2!"); // an agency of its own: the other tests' tell nobody
        var page = owner.Page;
        await page.GotoAsync("/settings/facebook");
        await page.GetByRole(AriaRole.Link, new() { Name = "Webhooks" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add webhook" }).ClickAsync();
        await page.GetByLabel("Address", new() { Exact = true }).FillAsync(receiver.Address.AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        var secret = await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox, new() { Name = "Secret" }).InputValueAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have stored it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Send test event" }).ClickAsync();
        await Expect(page.GetByText("Delivered", new() { Exact = true })).ToBeVisibleAsync(); // without a reload
        await Expect(page.GetByText("Thank you", new() { Exact = true })).ToBeVisibleAsync();

        await owner.SaveRequestAsync("Mailchimp");
        var call = await saved.Task.WaitAsync(Cancel);
        Assert.Equal(1, call.SignaturesOf(secret));
        Assert.Contains(call.Json.GetProperty("data").GetProperty("requestId").GetString()!, page.Url, StringComparison.Ordinal);

        await page.GotoAsync("/settings/webhooks");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove: " }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Let your own systems know at once")).ToBeVisibleAsync();
    }
}
