using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.App.Layout;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// A browser translates the pages for somebody who reads neither English nor German: it takes their texts out and puts its own in. Nothing
/// ends by that, and what changes is shown.
/// </summary>
[Collection(Platforms)]
public sealed class TranslationTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    /// <summary>
    /// What such a browser does. The words stay as they are, so that everything is found by its name; each element that holds a translation
    /// is marked by its name.
    /// </summary>
    private const string Translator = """
        (() => {
          const skip = new Set(['SCRIPT', 'STYLE', 'TEXTAREA', 'INPUT', 'FONT', 'CODE', 'OPTION', 'NOSCRIPT']);
          const wrap = node => {
            if (!node.nodeValue.trim() || !node.parentNode || skip.has(node.parentNode.nodeName)) return;
            const outer = document.createElement('font'), inner = document.createElement('font');
            inner.textContent = node.nodeValue;
            outer.append(inner);
            node.replaceWith(outer);
          };
          const all = root => {
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
            while (walker.nextNode()) found.push(walker.currentNode);
            found.forEach(wrap);
          };
          document.addEventListener('DOMContentLoaded', () => {
            all(document.body);
            new MutationObserver(changes => {
              for (const change of changes)
                for (const node of change.addedNodes) node.nodeType === 3 ? wrap(node) : node.nodeType === 1 && node.nodeName !== 'FONT' && all(node);
            }).observe(document.body, { childList: true, subtree: true });
          });
        })();
        """;

    private static readonly Words English = new("en");

    [Fact]
    public async Task A_client_goes_from_the_link_to_the_end_of_a_translated_wizard_while_a_translated_table_watches()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, FacebookDefaults.Key, MailchimpDefaults.Key);
        var agency = new AgencyUser(await OpenAsync(), English, Fixture.Portal);
        await agency.SignInAsync();
        await agency.Page.GotoAsync("/collaboration/requests");
        await MarkAsync(agency.Page);
        var request = await agency.Page.Context.NewPageAsync();
        await request.GotoAsync($"/collaboration/requests/{id}");
        await MarkAsync(request);
        var client = new Client(await OpenAsync(), English);

        await client.OpenAsync(link);
        await client.SignInToFacebookAsync();
        await MarkAsync(client.Page);
        await client.ConnectAssetsAsync("Blue Bakery – EU");
        await Expect(client.Page.GetByText("shared", new() { Exact = true })).ToBeVisibleAsync();
        await client.NextStepAsync();
        await client.Button("Back").ClickAsync();
        await Expect(client.Page.GetByText("Blue Bakery – EU")).ToBeVisibleAsync();
        await client.NextStepAsync();
        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeEnabledAsync();
        await AssertStillThereAsync(client.Page);
        await client.SignInToMailchimpAsync();
        await Expect(client.Page.GetByText("Connected as").First).ToBeVisibleAsync();
        await MarkAsync(client.Page);
        await client.CloseMessageAsync();
        await AssertStillThereAsync(client.Page);
        await client.NextStepAsync();
        await Expect(client.Page).ToHaveURLAsync(new Regex("/done$"));

        await Expect(request.GetByText("completed the request").First).ToBeVisibleAsync();
        await Expect(agency.Page.GetByRole(AriaRole.Row).Filter(new() { Has = agency.Page.Locator($"a[href$='/{id}']") }))
            .ToContainTextAsync("Connected");
        await AssertStillThereAsync(request);
        await AssertStillThereAsync(agency.Page);
    }

    [Fact]
    public async Task Lists_menus_dialogs_and_forms_of_a_translated_app_work()
    {
        var agency = new AgencyUser(await OpenAsync(), English, Fixture.Portal);
        var page = agency.Page;
        await agency.SignInAsync();
        await page.GotoAsync("/collaboration/requests");
        await MarkAsync(page);

        await page.GetByLabel("Search").First.FillAsync("garage");
        await page.GetByLabel("Search").First.PressAsync("Enter");
        var actions = page.GetByRole(AriaRole.Button, new() { Name = "Actions for info@garage.example" });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Actions for hello@bakery.example" })).ToHaveCountAsync(0);
        await actions.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete request" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(actions).ToBeFocusedAsync(); // where the dialog was opened from; else Enter would go there
        await page.GetByLabel("Search").First.FillAsync("");
        await page.GetByLabel("Search").First.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Actions for ") }).Nth(1)).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/collaboration/requests$")); // the address follows the list

        await page.GetByRole(AriaRole.Link, new() { Name = "Request onboarding" })
            .Or(page.GetByRole(AriaRole.Button, new() { Name = "Request onboarding" })).First.ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save your request" }).ClickAsync();
        await Expect(page.Locator("[aria-invalid=true], .mud-input-error").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("Now with words");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Mailchimp", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save your request" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/requests/\d+$"));
        await AssertStillThereAsync(page);

        foreach (var place in PortalPlaces.All)
        {
            await page.EvaluateAsync("to => Blazor.navigateTo(to)", place.Address);
            await Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(place.Address) + "$"));
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        }
    }

    /// <summary>What Blazor does to texts, each after a browser translated them in one of the ways that browsers have.</summary>
    [Theory]
    [InlineData("node.replaceWith(font)")]
    [InlineData("node.before(font), node.remove()")]
    [InlineData("const next = node.nextSibling, parent = node.parentNode; node.remove(); parent.insertBefore(font, next)")]
    public async Task Whatever_is_written_removed_or_moved_shows_although_its_text_was_taken_out(string way)
    {
        var page = await Fixture.OpenAsync();
        await page.GotoAsync("/account/login");
        await page.EvaluateAsync("() => { document.body.innerHTML = '<p id=here></p>'; }");
        await page.AddScriptTagAsync(new() { Url = "/translation.js" });
        await page.EvaluateAsync($$"""
            () => {
              const here = document.getElementById('here');
              window.say = (words, next) => here.insertBefore(document.createTextNode(words), next ?? null);
              window.translate = node => {
                const font = document.createElement('font');
                font.textContent = node.data.toUpperCase();
                {{way}};
                return font;
              };
              window.here = () => new Promise(done => setTimeout(() => done(here.textContent)));
            }
            """);

        Assert.Equal(
            "ONE TWO THREE ",
            await DoAsync("window.one = say('one '), window.two = say('two '), window.three = say('three '), window.fonts = [one, "
                + "two, three].map(translate)"));
        Assert.Equal("ONE 2 THREE ", await DoAsync("two.textContent = '2 '"));
        Assert.Equal("ONE THREE ", await DoAsync("two.parentNode.removeChild(two)"));
        Assert.Equal("zero ONE THREE ", await DoAsync("say('zero ', one)"));
        Assert.Equal("THREE zero ONE ", await DoAsync("three.parentNode.insertBefore(three, one.previousSibling)"));
        Assert.Equal("THREE zero one ", await DoAsync("fonts[0].replaceWith(document.createTextNode('one '))")); // "show original"
        Assert.Equal("three zero one ", await DoAsync("fonts[2].replaceWith(three)"));
        Assert.Equal("", await DoAsync("document.getElementById('here').replaceChildren()"));

        Task<string> DoAsync(string what) => page.EvaluateAsync<string>($"() => {{ {what}; return here(); }}");
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await Fixture.OpenAsync();
        await page.Context.AddInitScriptAsync(Translator);
        return page;
    }

    private static async Task MarkAsync(IPage page)
    {
        await page.LiveAsync();
        await page.EvaluateAsync("() => { window.fromBefore = true; }");
    }

    private static async Task AssertStillThereAsync(IPage page)
    {
        Assert.True(await page.EvaluateAsync<bool>("() => window.fromBefore === true"), "The page was loaded again.");
        Assert.True(await page.Locator("body font").CountAsync() > 10, "The page is not translated.");
        await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
    }
}
