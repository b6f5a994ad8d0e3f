using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>The table of requests by hand: menus on every width, several rows by the keyboard, and as a file.</summary>
[Collection(OfTheAgency)]
public sealed class RequestsTableTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Words English = new("en");

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task A_rows_menu_opens_in_sight_and_a_deleted_row_leaves_the_focus_on_the_page(int width)
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, _) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var page = await OpenAsync(width);
        var row = RowOf(page, id);
        Assert.InRange((await page.Locator(".search-field").BoundingBoxAsync())!.Height, 30, 60); // one line

        await row.Locator("[data-row=menu]").ClickAsync();
        var delete = page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete request" });
        await Expect(delete).ToBeInViewportAsync(new() { Ratio = 1 });
        await delete.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await Expect(page.GetByText("The request is deleted. Its link no longer works.")).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);
        await Expect(page.Locator("#content")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Rows_are_selected_by_the_keyboard_and_come_as_a_file_which_another_agency_gets_without_them()
    {
        await using var node = new SecondNode(Fixture.Portal);
        RequestId[] ids = [
            (await node.ARequestAsync(Cancel, MailchimpDefaults.Key)).Id, (await node.ARequestAsync(Cancel, MailchimpDefaults.Key)).Id
        ];
        var page = await OpenAsync(1280);

        foreach (var id in ids)
        {
            await RowOf(page, id).GetByRole(AriaRole.Checkbox).FocusAsync();
            await page.Keyboard.PressAsync("Space");
        }

        await Expect(page.GetByText("2 selected")).ToBeVisibleAsync();
        var address = await page.GetByRole(AriaRole.Link, new() { Name = "Export as CSV" }).Last.GetAttributeAsync("href");
        var file = await page.Context.APIRequest.GetAsync(address!);
        Assert.Equal((200, "text/csv; charset=utf-8"), (file.Status, file.Headers["content-type"]));
        var lines = (await file.TextAsync()).TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(ids, id => Assert.Single(lines, line => line.Contains($"/collaboration/requests/{id}", StringComparison.Ordinal)));

        var other = await Fixture.OpenAsync();
        await new AgencyUser(other, English, Fixture.Portal).SignInAsync("owner@other.test", "Demo-Owner-2!");
        var foreign = await other.Context.APIRequest.GetAsync(address!);
        Assert.Equal(200, foreign.Status);
        Assert.Single((await foreign.TextAsync()).TrimEnd().Split('\n')); // the head alone
        await other.Context.ClearCookiesAsync();
        Assert.DoesNotContain("requests/", await (await other.Context.APIRequest.GetAsync(address!)).TextAsync(), StringComparison.Ordinal);

        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByText("1 selected")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear selection" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Checked = true })).ToHaveCountAsync(0);
    }

    private async Task<IPage> OpenAsync(int width)
    {
        var page = await Fixture.OpenAsync(width: width);
        await new AgencyUser(page, English, Fixture.Portal).SignInAsync();
        await page.GotoAsync("/collaboration/requests");
        await page.LiveAsync();
        return page;
    }

    private static ILocator RowOf(IPage page, RequestId id) => page.Locator($"tr[data-id='{id}']");
}
