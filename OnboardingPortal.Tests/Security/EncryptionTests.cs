using System.Net;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>A portal that people reach by https: nothing of a session travels in the clear.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed class EncryptionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cookies_belong_to_its_host_alone_and_browsers_are_told_to_come_by_https()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Portal__PublicUrl", "https://portal.example"), ("ASPNETCORE_ENVIRONMENT", "Production"));
        using var http = Client(portal);

        using var answer = await http.GetAsync(new Uri("/setup", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["max-age=31536000"], answer.Headers.GetValues("Strict-Transport-Security"));
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Whoever_comes_by_http_is_led_to_https_once_the_proxy_says_so()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Portal__PublicUrl", "https://portal.example"), ("Portal__Proxies__0", "127.0.0.1"));
        using var http = Client(portal);

        Assert.Equal((HttpStatusCode.PermanentRedirect, "https://portal.example/account/login?returnUrl=%2F"), await AskAsync("http"));
        Assert.Equal((HttpStatusCode.OK, null), await AskAsync("https"));

        async Task<(HttpStatusCode Status, string? Location)> AskAsync(string scheme)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/account/login?returnUrl=%2F", UriKind.Relative));
            request.Headers.Add("X-Forwarded-For", "198.51.100.7");
            request.Headers.Add("X-Forwarded-Proto", scheme);
            using var answer = await http.SendAsync(request, Cancel);
            return (answer.StatusCode, answer.Headers.Location?.OriginalString);
        }
    }

    private static HttpClient Client(PortalProcess portal)
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal.Address };
        http.DefaultRequestHeaders.Host = "portal.example";
        return http;
    }
}
