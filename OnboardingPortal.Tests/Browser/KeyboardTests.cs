using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>The client's way without a mouse: only Tab, Space, Enter and typing.</summary>
public sealed class KeyboardTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const int MaxTabs = 60;
    private static readonly Words English = new("en");

    [Fact]
    public async Task A_client_gets_through_with_the_keyboard_alone()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, FacebookDefaults.Key, MailchimpDefaults.Key);
        var page = await Fixture.OpenAsync();
        await page.GotoAsync(link);

        await PressAsync(page, AriaRole.Button, "Grant Permission Now");
        await TypeAsync(page, "Your name", "Client without a mouse");
        await TypeAsync(page, "Your email address", "client@bakery.example");
        await PressAsync(page, AriaRole.Button, "View request");
        await PressAsync(page, AriaRole.Button, "Add Facebook");
        await PressAsync(page, AriaRole.Button, "All well");
        await PressAsync(page, AriaRole.Button, "Log In");
        await PressAsync(page, AriaRole.Button, "Continue");
        await ReachAsync(page, page.GetByRole(AriaRole.Checkbox, new() { Name = "Blue Bakery – EU" }));
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, AriaRole.Button, "Connect Assets");
        await Expect(page.GetByText("shared", new() { Exact = true })).ToBeVisibleAsync();
        await PressAsync(page, AriaRole.Button, "Next Step");
        await PressAsync(page, AriaRole.Button, "Add Mailchimp");
        await PressAsync(page, AriaRole.Button, "Proceed");
        await PressAsync(page, AriaRole.Button, "All well");
        await PressAsync(page, AriaRole.Button, "Sign in");
        await PressAsync(page, AriaRole.Button, "Authorize");
        await PressAsync(page, AriaRole.Button, "Close");
        await PressAsync(page, AriaRole.Button, "Next Step");

        await Expect(page).ToHaveURLAsync(new Regex("/done$"));
        await Expect(page.GetByText(English["All done, thank you!"])).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_long_list_is_skipped_with_one_key()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, FacebookDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(), English);
        await client.OpenAsync(link);
        await client.SignInToFacebookAsync("230 ad accounts");
        await client.Page.GetByLabel("Search ad accounts").FocusAsync();

        await PressAsync(client.Page, AriaRole.Button, "Skip the list: Ad accounts");
        await client.Page.Keyboard.PressAsync("Tab");

        await Expect(client.Page.GetByLabel("Search Pages")).ToBeFocusedAsync();
    }

    private static async Task PressAsync(IPage page, AriaRole role, string name)
    {
        await ReachAsync(page, page.GetByRole(role, new() { Name = name, Exact = true }));
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task TypeAsync(IPage page, string label, string text)
    {
        await ReachAsync(page, page.GetByLabel(label));
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Goes on with Tab until the element has the focus.</summary>
    private static async Task ReachAsync(IPage page, ILocator element)
    {
        await Expect(element).ToBeEnabledAsync();
        for (var tabs = 0; tabs < MaxTabs; tabs++)
        {
            if (await element.EvaluateAsync<bool>("e => e === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{element} is not reached with {MaxTabs} tabs.");
    }
}
