using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>What a person presses before the page is live, or while it becomes so, is not lost.</summary>
public sealed class EarlyPressTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task What_is_pressed_before_the_page_is_live_counts_once_it_is()
    {
        var (page, arrives) = await OpenBeforeItIsLiveAsync();
        await Find(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0); // nobody has heard it

        arrives.SetResult();

        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_press_counts_though_the_button_is_drawn_anew_meanwhile()
    {
        var (page, arrives) = await OpenBeforeItIsLiveAsync();
        await Find(page).HoverAsync();
        await page.Mouse.DownAsync();

        arrives.SetResult();
        await page.LiveAsync();
        await page.Mouse.UpAsync();

        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_link_that_is_pressed_while_the_page_goes_live_leads_to_its_page()
    {
        var page = await SignInAsync();
        var (hasStarted, isDrawn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteWebSocketAsync(new Regex("/_blazor"), socket =>
        {
            var turn = Task.CompletedTask;
            socket.ConnectToServer().OnMessage(frame => turn = PassInTurnAsync(turn, socket, frame));
        });
        await page.GotoAsync("/settings/facebook");
        await hasStarted.Task.WaitAsync(Cancel); // the server draws the page, and the browser does not know yet

        await page.RunAndWaitForRequestFinishedAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "Webhooks" }).First.ClickAsync(),
            new() { Predicate = request => request.Url.EndsWith("/settings/webhooks", StringComparison.Ordinal) });
        isDrawn.SetResult();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add webhook" })).ToBeVisibleAsync();

        async Task PassInTurnAsync(Task before, IWebSocketRoute to, IWebSocketFrame frame)
        {
            await before;
            if (frame.Binary is not { } bytes)
            {
                to.Send(frame.Text!);
                return;
            }

            if (bytes.AsSpan().IndexOf("JS.RenderBatch"u8) >= 0 || bytes.AsSpan().IndexOf("JS.BeginInvokeJS"u8) >= 0)
            {
                hasStarted.TrySetResult();
                await isDrawn.Task;
            }

            to.Send(bytes);
        }
    }

    private static ILocator Find(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Find a page or a request" });

    /// <summary>A page as the server drew it, whose script comes when the test says so.</summary>
    private async Task<(IPage Page, TaskCompletionSource Arrives)> OpenBeforeItIsLiveAsync()
    {
        var page = await SignInAsync();
        var arrives = new TaskCompletionSource();
        await page.RouteAsync("**/blazor.web*.js", async route =>
        {
            await arrives.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/settings/users", new() { WaitUntil = WaitUntilState.Commit });
        return (page, arrives);
    }

    private async Task<IPage> SignInAsync()
    {
        var page = await Fixture.OpenAsync();
        await new AgencyUser(page, new Words("en"), Fixture.Portal).SignInAsync();
        await page.LiveAsync();
        return page;
    }
}
