using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Whatever method an address is asked with, the secrets in it go into no other address.</summary>
public sealed partial class MethodTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "MADEUP"];

    /// <summary>In Development alone the framework looks for new files under every address.</summary>
    private static readonly (string Name, string Value) AsInstalled = ("DisableStaticAssetNotFoundRuntimeFallback", "true");

    [Fact]
    public async Task No_method_under_any_address_leads_its_secrets_anywhere_and_those_that_it_does_not_take_are_405()
    {
        await using var portal = await PortalProcess.StartAsync(AsInstalled);
        await using var node = new SecondNode(portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var token = new Uri(link).Segments[^1];
        string[] secrets = [token, "secret-code", "secret-ticket", "secret-state"];
        using var http = NewClient(portal);
        var wrong = new List<string>();
        foreach (var route in PortalRoutes.All().Where(r => r.Contains(' ') && !r.EndsWith(":file}", StringComparison.Ordinal))
            .Select(r => r.Split(' ')).GroupBy(r => r[1], r => r[0]))
        {
            var taken = route.SelectMany(m => m == "GET" ? ["GET", "HEAD"] : new[] { m }).Distinct().Order(StringComparer.Ordinal).ToList();
            var address = AddressOf(route.Key, token);
            foreach (var method in Methods)
            {
                var what = $"{method} {address}";
                using var answer = await AskAsync(http, method, address);
                var body = await answer.Content.ReadAsStringAsync(Cancel);
                var headers = answer.Headers.Concat(answer.Content.Headers).SelectMany(h => h.Value.Select(v => $"{h.Key}: {v}")).ToList();
                wrong.AddRange(headers.Where(h => secrets.Any(s => h.Contains(s, StringComparison.Ordinal))).Select(h => $"{what}: {h}"));
                wrong.AddRange(Queries().Matches(body).Select(m => m.Value)
                    .Where(q => secrets.Any(s => q.Contains(s, StringComparison.Ordinal))).Select(q => $"{what}: {q}"));
                if (taken.Contains("ANY") || taken.Contains(method)) continue;
                var allow = string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal));
                if ((int)answer.StatusCode != 405 || allow != string.Join(", ", taken))
                    wrong.Add($"{what}: {(int)answer.StatusCode} {answer.Headers.Location}, allowed: {allow}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_404_whatever_the_method()
    {
        await using var portal = await PortalProcess.StartAsync(AsInstalled);
        using var http = NewClient(portal);
        foreach (var address in new[] { "/nothing/secret", "/r/secret/nothing", "/r/secret/nothing.txt", "/account/reset/secret" })
        {
            foreach (var method in Methods)
            {
                using var answer = await AskAsync(http, method, address);
                Assert.True(
                    answer.StatusCode == HttpStatusCode.NotFound && answer.Headers.Location is null,
                    $"{method} {address}: {(int)answer.StatusCode} {answer.Headers.Location}");
                Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task HEAD_is_answered_as_GET_is_without_a_body()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        using var http = NewClient();
        foreach (var address in new[]
        {
            new Uri(link).AbsolutePath, "/r/unknown", "/", "/account/login", "/nothing", "/favicon.svg", "/openapi/v1.json",
            "/api/v1/requests"
        })
        {
            using var got = await AskAsync(http, "GET", address);
            var answer = await HeadAsync(address);

            Assert.StartsWith($"HTTP/1.1 {(int)got.StatusCode} ", answer, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
            Assert.Equal(answer.Length - 4, answer.IndexOf("\r\n\r\n", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("GET", "/collaboration/requests?status=Pending", "/account/login?returnUrl=%2Fcollaboration%2Frequests%3Fstatus%3DPending")]
    [InlineData("HEAD", "/collaboration/requests?status=Pending", "/account/login?returnUrl=%2Fcollaboration%2Frequests%3Fstatus%3DPending")]
    [InlineData("POST", "/account/two-factor", "/account/login?returnUrl=%2Faccount%2Ftwo-factor")] // a page that can be gone back to
    [InlineData("POST", "/account/profile/save", "/account/login")] // nothing that one can go to
    public async Task The_sign_in_leads_back_to_pages_of_the_agency_alone(string method, string address, string to)
    {
        using var http = NewClient();
        using var answer = await AskAsync(http, method, address);

        Assert.Equal(
            to, answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.OriginalString);
    }

    [Fact]
    public async Task A_client_chooses_the_language_and_the_link_stands_in_no_other_address()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var page = await Fixture.OpenAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync(link);

        await page.GetByRole(AriaRole.Button, new() { Name = "DE – Deutsch" }).ClickAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(page).ToHaveURLAsync(link);
        var token = new Uri(link).Segments[^1];
        Assert.All(asked.Where(a => a.Contains(token, StringComparison.Ordinal)), a => Assert.Equal(link, a));
    }

    [Fact]
    public async Task Somebody_in_the_wizard_chooses_the_language_and_stays_where_they_are()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var page = await Fixture.OpenAsync();
        await page.GotoAsync(link + "/identify");
        await page.GetByLabel("Your name").FillAsync("The baker");
        await page.GetByLabel("Your email address").FillAsync("client@bakery.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "View request" }).ClickAsync();
        await page.LiveAsync();
        var before = page.Url;

        await page.GetByRole(AriaRole.Button, new() { Name = "DE – Deutsch" }).ClickAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(page).ToHaveURLAsync(before);
        Assert.Contains($"/onboarding/{id}", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_site_chooses_nobodys_language()
    {
        using var http = NewClient();
        foreach (var (site, expected) in new[]
        {
            ("cross-site", HttpStatusCode.BadRequest), ("same-site", HttpStatusCode.BadRequest), ("same-origin", HttpStatusCode.Redirect)
        })
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, "/language/de")
            { Content = new FormUrlEncodedContent([new("to", "/account/login")]) };
            request.Headers.Add("Sec-Fetch-Site", site);
            using var answer = await http.SendAsync(request, Cancel);
            Assert.Equal((expected, expected == HttpStatusCode.Redirect), (answer.StatusCode, answer.Headers.Contains("Set-Cookie")));
        }
    }

    private HttpClient NewClient(PortalProcess? portal = null) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = (portal ?? Fixture.Portal).Address };

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        return await http.SendAsync(request, Cancel);
    }

    /// <summary>The whole answer as it comes over the wire: a client of HTTP would hide a body that must not be there.</summary>
    private async Task<string> HeadAsync(string address)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Fixture.Portal.Address.Host, Fixture.Portal.Address.Port, Cancel);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HEAD {address} HTTP/1.1\r\nHost: {Fixture.Portal.Address.Authority}\r\nConnection: close\r\n\r\n"),
            Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }

    private static string AddressOf(string path, string token)
    {
        var examples = new Dictionary<string, string>
        {
            ["{Id:long}"] = "1",
            ["{Token}"] = token,
            ["{Ticket}"] = "secret-ticket",
            ["{platform}/start"] = "mailchimp/start?ticket=secret-ticket",
            ["{platform}/callback"] = "mailchimp/callback?state=secret-state&code=secret-code",
            ["{language}"] = "de",
            ["{format:regex(^(csv|jsonl)$)}"] = "csv",
            ["{agency:long}"] = "1",
            ["{hash}"] = new('0', 64),
            ["{User:long}"] = "1",
            ["{Code}"] = "secret-code",
            ["{id}"] = "1",
            ["/**"] = "/nowhere",
        };
        return examples.Aggregate(path, (made, example) => made.Replace(example.Key, example.Value, StringComparison.Ordinal));
    }

    [GeneratedRegex("""\?[^"'<>\s]+""")]
    private static partial Regex Queries();
}
