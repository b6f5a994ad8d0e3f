using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.App.Layout;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// The agency's side is one app: one document and one connection, whatever is opened in it, and every view has an address.
/// </summary>
public sealed partial class OneAppTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Words English = new("en");

    [Fact]
    public async Task Going_through_every_entry_of_the_navigation_opens_no_new_document_and_one_connection_in_all()
    {
        var page = await SignInAsync();
        await page.LiveAsync(); // the page after the sign-in has a connection of its own
        var (documents, connections) = (new List<string>(), new List<string>());
        page.Request += (_, request) =>
        {
            if (request.IsNavigationRequest && request.Frame == page.MainFrame) documents.Add(request.Url);
        };
        page.WebSocket += (_, socket) => connections.Add(socket.Url);
        await page.GotoAsync("/");
        await page.LiveAsync();
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Your account" });

        var main = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        foreach (var name in new[] { "Settings", "Home", "Data sync", "Campaigns", "Collaboration" })
            await GoAsync(main.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }));
        var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Collaboration", Exact = true });
        foreach (var name in new[] { "Onboarding Requests", "Settings", "Hub" })
            await GoAsync(tabs.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }));
        await GoAsync(main.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }));
        foreach (var place in PortalPlaces.Settings.SelectMany(group => group.Places))
        {
            await GoAsync(page.Locator($"a.mud-nav-link[href='{place.Address}'], #content a[href='{place.Address}']").First);
        }

        foreach (var place in PortalPlaces.Account)
        {
            await menu.ClickAsync();
            await GoAsync(page.Locator($"[role=menuitem][href='{place.Address}'], a[href='{place.Address}']").First);
        }

        await menu.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Switch between light and dark" }).ClickAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)
            .Or(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox)).First.FillAsync("Hub");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/collaboration$"));
        Assert.Single(documents);
        Assert.Single(connections);

        async Task GoAsync(ILocator link)
        {
            var to = await link.GetAttributeAsync("href");
            await link.ClickAsync();
            await Expect(page).ToHaveURLAsync(new Uri(Fixture.Portal.Address, to).AbsoluteUri);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Back_forward_reload_and_a_copied_address_lead_to_the_same_view()
    {
        var page = await SignInAsync();
        await page.GotoAsync("/collaboration/requests");
        await page.LiveAsync();
        var rows = page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row);
        await page.GetByRole(AriaRole.Searchbox).Or(page.GetByLabel("Search")).First.FillAsync("garage");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("search=garage"));
        await Expect(rows).ToHaveCountAsync(2); // with the head
        var list = page.Url;
        await page.GetByRole(AriaRole.Link, new() { Name = "info@garage.example" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(RequestPage());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Timeline" })).ToBeVisibleAsync();
        var request = page.Url;

        await page.GoBackAsync();
        await AssertListAsync(page);
        await page.GoForwardAsync();
        await Expect(page).ToHaveURLAsync(request);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Timeline" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Timeline" })).ToBeVisibleAsync();
        await page.GoBackAsync();
        await AssertListAsync(page);
        await page.ReloadAsync();
        await AssertListAsync(page);
        var copy = await page.Context.NewPageAsync();
        await copy.GotoAsync(list);
        await AssertListAsync(copy);

        async Task AssertListAsync(IPage shown)
        {
            await Expect(shown).ToHaveURLAsync(list);
            await Expect(shown.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
            await Expect(shown.GetByRole(AriaRole.Searchbox).Or(shown.GetByLabel("Search")).First).ToHaveValueAsync("garage");
        }
    }

    [Fact]
    public async Task What_is_not_there_is_answered_with_404_and_told_inside_the_app()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, _) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var page = await SignInAsync("owner@other.test", "Demo-Owner-2!");
        string[] nowhere = [
            "/nothing/here", "/settings/nothing", "/collaboration/requests/1", "/collaboration/requests/1/edit",
            $"/collaboration/requests/{id}", $"/collaboration/requests/{id}/edit", "/collaboration/requests/import/1", "/data-sync/1"
        ];
        foreach (var path in nowhere)
        {
            var answer = await page.GotoAsync(path);
            Assert.True(answer!.Status == 404, $"{path}: {answer.Status}");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(English["Page not found"]);
        }

        await page.GotoAsync("/");
        await page.LiveAsync();
        foreach (var path in nowhere[2..]) // what no page of the app is for is asked of the server
        {
            await page.EvaluateAsync("to => { window.fromBefore = true; Blazor.navigateTo(to); }", path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(English["Page not found"]);
            Assert.True(await page.EvaluateAsync<bool>("() => window.fromBefore === true"), $"{path} opens a new document");
            await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Home", Exact = true }).First.ClickAsync();
            await Expect(page).ToHaveURLAsync(Fixture.Portal.Address.AbsoluteUri);
        }
    }

    [Fact]
    public async Task Prerendering_reads_nothing_a_second_time()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command", "Information"));
        await using var node = new SecondNode(portal);
        var (id, _) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var page = await Fixture.OpenAsync(portal: portal);
        await new AgencyUser(page, English, portal).SignInAsync();
        foreach (var path in new[]
        {
            "/", "/collaboration", "/collaboration/requests", $"/collaboration/requests/{id}", "/settings/users", "/settings/audit",
            "/settings/facebook", "/settings/templates"
        })
        {
            await page.GotoAsync("about:blank");
            var before = portal.Log.Length;
            await page.GotoAsync(path);
            await page.LiveAsync();
            await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
            var read = Command().Matches(portal.Log[before..]).Select(m => m.Groups[1].Value).Where(IsOfAPage).ToList();
            var twice = read.GroupBy(command => command).Where(same => same.Count() > 1).Select(same => $"{same.Count()} × {same.Key}")
                .ToList();
            Assert.True(twice.Count == 0, $"{path}:\n{string.Join("\n\n", twice)}");
        }
    }

    [Fact]
    public async Task A_page_shows_its_shape_only_when_it_takes_long_and_no_trouble_in_passing()
    {
        var page = await SignInAsync();
        await page.AddInitScriptAsync("""
            window.flashes = [];
            new MutationObserver(changes => {
              for (const change of changes) for (const node of change.addedNodes) {
                const alert = node.nodeType === 1 && (node.matches('[role=alert]') ? node : node.querySelector('[role=alert]'));
                if (alert && alert.closest('#content')) window.flashes.push(alert.textContent);
              }
            }).observe(document, { childList: true, subtree: true });
            """);
        foreach (var place in PortalPlaces.All)
        {
            await page.GotoAsync(place.Address);
            await page.LiveAsync();
            var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1 });
            await Expect(heading).ToHaveCountAsync(1);
            await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
            await Expect(page).ToHaveTitleAsync(new Regex(@"\w"));
            Assert.Empty(await page.EvaluateAsync<string[]>("() => window.flashes"));
        }

        var late =
            await page.EvaluateAsync<string[]>("() => { const e = document.createElement('div'); e.className = 'late'; "
                + "document.body.append(e); const s = getComputedStyle(e); return [s.opacity, s.animationDelay]; }");
        Assert.Equal(("0", "0.2s"), (late[0], late[1]));
    }

    [Fact]
    public async Task Whoever_only_opens_a_link_costs_no_circuit()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var page = await Fixture.OpenAsync();
        var (asked, connections) = (new List<string>(), new List<string>());
        page.Request += (_, request) => asked.Add(request.Url);
        page.WebSocket += (_, socket) => connections.Add(socket.Url);

        await page.GotoAsync(link, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.GetByRole(AriaRole.Button, new() { Name = "Grant Permission Now" }).ClickAsync();
        await Expect(page.GetByLabel("Your name")).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Empty(connections);
        Assert.DoesNotContain(asked, url => url.Contains("blazor", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<IPage> SignInAsync(string email = "owner@demo.test", string password = "Demo-Owner-1!")
    {
        var page = await Fixture.OpenAsync();
        await new AgencyUser(page, English, Fixture.Portal).SignInAsync(email, password);
        return page;
    }

    /// <summary>Who asks is read for each request and each circuit anew; the jobs read what nobody looks at.</summary>
    private static bool IsOfAPage(string command) =>
        command.StartsWith("SELECT", StringComparison.Ordinal) && !Asker().IsMatch(command);

    [GeneratedRegex(@"Executed DbCommand[^\n]*\n((?:      [^\n]*\n)+)")]
    private static partial Regex Command();

    [GeneratedRegex("FROM \"(user_sessions|users|agencies|email_messages|webhook\\w*|job\\w*|data_protection\\w*)\"")]
    private static partial Regex Asker();

    [GeneratedRegex(@"/collaboration/requests/\d+$")]
    private static partial Regex RequestPage();
}
