using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Google;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Browsers within other apps, cookies that are gone, tabs whose token is another's.</summary>
public sealed class OtherBrowserTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Facebook =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 "
        + "[FBAN/FBIOS;FBAV/490]";

    [Fact]
    public async Task Who_opens_a_link_within_another_app_is_asked_to_open_it_in_a_browser_with_the_link_and_its_picture()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, GoogleDefaults.AdsKey);
        using var http = new HttpClient();

        var usual = await http.GetStringAsync(new Uri(link), Cancel);
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Facebook);
        var within = await http.GetStringAsync(new Uri(link), Cancel);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", "de");
        var german = await http.GetStringAsync(new Uri(link), Cancel);

        Assert.DoesNotContain("open this page in Safari or Chrome", usual, StringComparison.Ordinal);
        Assert.Contains("Please open this page in Safari or Chrome", within, StringComparison.Ordinal);
        Assert.Contains("Bitte öffnen Sie diese Seite in Safari oder Chrome", WebUtility.HtmlDecode(german), StringComparison.Ordinal);
        Assert.Contains($"value=\"{link}\"", within, StringComparison.Ordinal);
        Assert.Matches("<svg[^>]*role=\"img\"", within);
        Assert.Contains("Grant Permission Now", within, StringComparison.Ordinal); // nobody is locked out
        Assert.DoesNotMatch("<script(?![^>]*src=)|<style|style=\"[^\"]", within[within.IndexOf("<main", StringComparison.Ordinal)..]);
        Assert.InRange(within.Length, 1, 40_000);
    }

    [Fact]
    public async Task At_the_step_of_a_Google_platform_the_own_link_is_there_to_copy()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, GoogleDefaults.AdsKey);
        var context = await Fixture.Chromium.NewContextAsync(
            new() { BaseURL = Fixture.Portal.Address.AbsoluteUri, Locale = "en-US", UserAgent = Facebook });
        var page = await context.NewPageAsync();
        var client = new Client(page, new Words("en"));
        await client.OpenAsync(link);
        await page.LiveAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Add Google Ads" }).ClickAsync();

        await Expect(page.GetByText("Please open this page in Safari or Chrome")).ToBeVisibleAsync();
        await Expect(page.GetByText(link, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy link" })).ToBeVisibleAsync();
        Assert.Null(await node.Get<LinkService>().FindOwnLinkAsync(id, ParticipantId.From(1), Cancel));
        await context.CloseAsync();
    }

    [Fact]
    public async Task A_button_pressed_after_the_cookies_are_gone_says_what_is_needed_in_the_readers_language_and_gives_the_link()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        (string Language, string Title, string Press, string Back)[] readers =
        [
            ("en", "Your browser did not keep what this page needs", "Grant Permission Now", "Back to the page"),
            ("de", "Ihr Browser hat nicht behalten, was diese Seite braucht", "Jetzt Zugriff erteilen", "Zurück zur Seite"),
        ];
        foreach (var (language, title, press, back) in readers)
        {
            var page = await Fixture.OpenAsync(language);
            await page.GotoAsync(link);
            await page.Context.ClearCookiesAsync();

            await page.GetByRole(AriaRole.Button, new() { Name = press }).ClickAsync();

            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
            Assert.Equal(link, await page.Locator("#own-link").InputValueAsync());
            Assert.Empty(await Axe.RunAsync(page, Cancel));
            await page.GetByRole(AriaRole.Link, new() { Name = back }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = press }).ClickAsync();
            await Expect(page).ToHaveURLAsync(link + "/identify");
        }
    }

    [Fact]
    public async Task A_form_whose_token_is_of_another_tab_goes_through_when_the_browser_says_that_it_comes_from_here_and_no_other()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var (first, second) = (await OpenedAsync(link), await OpenedAsync(link));

        var own = Fixture.Portal.Address.GetLeftPart(UriPartial.Authority);

        Assert.Equal(HttpStatusCode.Redirect, await PressAsync(("Sec-Fetch-Site", "same-origin"), ("Origin", "null")));
        Assert.Equal(HttpStatusCode.Redirect, await PressAsync(("Origin", own)));
        Assert.Equal(HttpStatusCode.BadRequest, await PressAsync());
        Assert.Equal(HttpStatusCode.BadRequest, await PressAsync(("Origin", "null")));
        Assert.Equal(HttpStatusCode.BadRequest, await PressAsync(("Origin", "https://evil.example")));
        Assert.Equal(HttpStatusCode.BadRequest, await PressAsync(("Sec-Fetch-Site", "cross-site"), ("Origin", own)));
        Assert.Equal(HttpStatusCode.BadRequest, await PressAsync(("Sec-Fetch-Site", "same-site"), ("Origin", "null")));

        async Task<HttpStatusCode> PressAsync(params (string Name, string Value)[] headers)
        {
            using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
            using var press = new HttpRequestMessage(HttpMethod.Post, link);
            press.Headers.Add("Cookie", second.Cookie);
            foreach (var (name, value) in headers) press.Headers.Add(name, value);
            press.Content = new FormUrlEncodedContent([new("_handler", "open"), new("__RequestVerificationToken", first.Token)]);
            using var answer = await http.SendAsync(press, Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_cookie_of_forms_comes_along_with_a_link_from_webmail()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false });

        using var answer = await http.GetAsync(new Uri(link), Cancel);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.Contains("antiforgery", StringComparison.Ordinal));
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(string Cookie, string Token)> OpenedAsync(string link)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var answer = await http.GetAsync(new Uri(link), Cancel);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.Contains("antiforgery", StringComparison.Ordinal)).Split(';')[0];
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        return (cookie, Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value);
    }
}
