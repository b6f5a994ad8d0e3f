using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// What surrounds the agency's pages: the command box and the account menu without a mouse, and the navigation at every width.
/// </summary>
public sealed class ShellTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string OpenCommands = "Find a page or a request";

    [Fact]
    public async Task The_command_box_goes_to_a_request_and_to_a_page_by_keys_alone()
    {
        var page = await SignedInAsync(1280);
        await page.GotoAsync("/collaboration");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = OpenCommands })).ToBeVisibleAsync();
        await LiveAsync(page);

        await page.Keyboard.PressAsync("Control+k");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Page or recipient" });
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Find" })).ToHaveCountAsync(1);
        await page.Keyboard.TypeAsync("garage");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveTextAsync(["info@garage.examplePending"]);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/collaboration/requests/\d+$"));
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Control+k");
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("accounts");
        await Expect(page.GetByRole(AriaRole.Option).First).ToHaveTextAsync("Facebook accounts");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Option).Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/settings/data-sync-accounts$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync(); // the page that was chosen
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task The_command_box_says_that_nothing_is_found_and_Escape_leads_back(int width)
    {
        var page = await SignedInAsync(width);
        await page.GotoAsync("/collaboration");
        await LiveAsync(page);
        var button = page.GetByRole(AriaRole.Button, new() { Name = OpenCommands });
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Option).First).ToHaveTextAsync("Home");
        await AccessibilityTests.CheckAsync(page, "command box");

        await page.Keyboard.TypeAsync("nothing of that name");
        await Expect(page.GetByText("Nothing found for “nothing of that name”.")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "command box with nothing found");
        for (var keys = 0; keys < 3 && await page.GetByRole(AriaRole.Dialog).CountAsync() > 0; keys++) // the list first, then the dialog
        {
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.GetByText("Nothing found for")).ToHaveCountAsync(0);
        }

        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_account_menu_opens_moves_and_closes_by_keys_and_gives_the_focus_back()
    {
        var page = await SignedInAsync(1280);
        await LiveAsync(page);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Your account, Demo owner" });
        await Expect(button).ToHaveAttributeAsync("aria-expanded", "false");

        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(button).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "account menu");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Profile" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();

        await button.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Switch between light and dark" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await button.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "DE – Deutsch" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Zusammenarbeit" })).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark"); // the choice outlives the page
    }

    [Fact]
    public async Task The_navigation_is_a_drawer_then_icons_then_a_bar_below()
    {
        var page = await SignedInAsync(1280);
        await page.GotoAsync("/collaboration");
        var collaboration = page.GetByRole(AriaRole.Link, new() { Name = "Collaboration", Exact = true });
        await Expect(collaboration).ToHaveAttributeAsync("aria-current", "page");
        // the prerendered shell gave way to the live one
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Newest events" })).ToBeVisibleAsync();
        Assert.InRange(await collaboration.EvaluateAsync<double>("e => e.getBoundingClientRect().width"), 150, 232);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();

        await page.SetViewportSizeAsync(900, 800);
        // its name stays, for ears and as a title
        Assert.InRange(await collaboration.EvaluateAsync<double>("e => e.getBoundingClientRect().width"), 24, 64);
        await Expect(collaboration).ToHaveAccessibleNameAsync("Collaboration");
        await Expect(page.GetByTitle("Collaboration")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();

        await page.SetViewportSizeAsync(360, 740);
        Assert.InRange(await collaboration.EvaluateAsync<double>("e => e.getBoundingClientRect().y"), 660, 740);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = OpenCommands })).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    [Fact]
    public async Task Links_to_a_part_of_the_page_bring_the_focus_there()
    {
        var page = await SignedInAsync(1280);
        await page.GotoAsync("/collaboration");
        var tile = page.GetByRole(AriaRole.List, new() { Name = "Requests at a glance" })
            .GetByRole(AriaRole.Link, new() { Name = "Needs a hand" });
        await Expect(tile).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();

        await tile.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Needs a hand" })).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/collaboration$"));
    }

    private async Task<IPage> SignedInAsync(int width)
    {
        var user = new AgencyUser(await Fixture.OpenAsync(width: width), new Words("en"), Fixture.Portal);
        await user.SignInAsync();
        return user.Page;
    }

    /// <summary>Waits until the page hears of presses: what is read when it is live has come.</summary>
    private static Task LiveAsync(IPage page) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 }).First).ToBeVisibleAsync();
}
