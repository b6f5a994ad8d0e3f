using System.Security.Cryptography;
using OnboardingPortal.App.Security;
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

    [Theory]
    [InlineData("550 <client@bakery.example> unknown", "550 <***> unknown")]
    [InlineData("to o'neil+x@größe.example.", "to ***.")]
    [InlineData("from 203.0.113.77:4711.", "from ***:4711.")]
    [InlineData("from 203.0.113.77.", "from ***.")]
    [InlineData("from [2001:db8::7]:4711", "from [***]:4711")]
    [InlineData("from ::ffff:203.0.113.77", "from ***")]
    [InlineData("from 2001:db8:1:2:3:4:5:6,", "from ***,")]
    [InlineData("on http://127.0.0.1:5080 http://[::]:80 http://[::1]:80 http://0.0.0.0:80", null)]
    [InlineData("at 12:34:56 took 00:00:01.25, Npgsql 10.0.3, Foo::Bar, 1.2.3.4.5", null)]
    public void What_leaves_for_other_machines_holds_no_address_of_anybody(string said, string? left)
    {
        var lines = LinesOf(hidesAddresses: true, said);

        Assert.Equal(left ?? said, lines[0]);
        Assert.Contains(left ?? said, lines[1], StringComparison.Ordinal); // an exception's words
        Assert.Contains("IOException", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_portals_own_console_whoever_runs_it_sees_addresses_and_no_secrets_of_exceptions()
    {
        var lines = LinesOf(hidesAddresses: false, "203.0.113.77 asked for /r/secret-token-of-a-client");

        Assert.Equal("203.0.113.77 asked for /r/***", lines[0]);
        Assert.DoesNotContain("secret-token", lines[1], StringComparison.Ordinal);
    }

    /// <summary>What a logger gets: once the words, once an exception with them.</summary>
    private static List<string> LinesOf(bool hidesAddresses, string said)
    {
        using var logs = new RecordingLogs();
        var services = new ServiceCollection().AddLogging(logging =>
        {
            logging.AddProvider(logs);
            logging.Redact(hidesAddresses);
        });
        using var provider = services.BuildServiceProvider();
        var logger = provider.GetRequiredService<ILogger<RedactedLogsTests>>();
#pragma warning disable CA1848, CA1873, CA2254 // a message of the test's own
        logger.LogInformation("{Said}", said);
        logger.LogError(new InvalidOperationException("Failed.", new IOException(said)), "Failed");
#pragma warning restore CA1848, CA1873, CA2254
        return [.. logs.Lines.Select(line => line["Information 0 ".Length..].TrimEnd())];
    }
}
