using System.Security.Cryptography;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>Whoever reads the log, at whatever level, can use nothing of it.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed class RedactedLogsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_opens_something_and_stands_in_an_address_is_not_in_the_log_even_at_trace()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"),
            ("Logging__Console__FormatterOptions__IncludeScopes", "true"));
        using var http = new HttpClient { BaseAddress = portal.Address };
        var secrets = new List<string>();
        foreach (var address in new[]
        {
            "/r/{0}", "/r/{0}/identify", "/r/stop/{0}", "/account/invitation/{0}", "/account/reset/95613773413755307/{0}",
            "/connect/mailchimp/start?ticket={0}", "/connect/mailchimp/leave?ticket={0}", "/connect/mailchimp/return?attempt=1&ticket={0}",
            "/connect/mailchimp/callback?code={0}&state={1}", "/connect/facebook/callback?error=access_denied&state={0}", "/_blazor?id={0}",
        })
        {
            var (first, second) = (RandomNumberGenerator.GetHexString(43), RandomNumberGenerator.GetHexString(43));
            using var answer = await http.GetAsync(
                new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, first, second), UriKind.Relative),
                Cancel);
            secrets.AddRange([first, second]);
        }

        using var call = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/requests", UriKind.Relative));
        var key = $"op_live_{RandomNumberGenerator.GetHexString(49)}";
        call.Headers.Authorization = new("Bearer", key);
        await http.SendAsync(call, Cancel);
        await portal.StopAsync(Cancel); // all is written

        Assert.Contains("Request starting HTTP/1.1 GET", portal.Log, StringComparison.Ordinal);
        Assert.Contains("/r/***", portal.Log, StringComparison.Ordinal);
        Assert.All([.. secrets, key], secret => Assert.DoesNotContain(secret, portal.Log, StringComparison.OrdinalIgnoreCase));
    }
}
