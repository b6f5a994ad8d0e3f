using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Npgsql;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>
/// PostgreSQL is away for a while: the log says so once, whoever comes meanwhile is told to come again, and afterwards all goes on.
/// </summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class DatabaseOutageTests
{
    // long enough for several rounds of every job that is there for clients
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(15);

    private const int MaxRounds = 100; // limits of a minute are not what this is about

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outage_of_PostgreSQL_is_one_line_in_the_log_and_its_end_another()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres, Cancel);
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var relay = new TcpRelay(server.Host!, server.Port);
        (server.Host, server.Port) = ("127.0.0.1", relay.Port);
        await using var portal = await PortalProcess.StartAsync(
            ("Database__Provider", "Postgres"), ("ConnectionStrings__Portal", server.ConnectionString),
            ("Platforms__Sandbox", "false"), ("RateLimits__All", "100000"));
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/health"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/r/nobodys-link"));
        var before = portal.Log.Length;

        await relay.CutAsync();
        var watch = Stopwatch.StartNew();
        for (var round = 0; watch.Elapsed < Outage; round++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync("/health"));
            if (round >= MaxRounds) continue;
            using var page = await http.GetAsync(new Uri("/r/nobodys-link", UriKind.Relative), Cancel);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (page.StatusCode, page.Headers.RetryAfter?.Delta > TimeSpan.Zero));
            Assert.Contains("href=\"/r/nobodys-link\"", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            using var call = new HttpRequestMessage(
                HttpMethod.Get, "/api/v1/requests")
            { Headers = { { "Authorization", $"Bearer op_live_{new string('a', 43)}" } } };
            using var answer = await http.SendAsync(call, Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        relay.Restore();
        while (await StatusAsync("/health") != HttpStatusCode.OK) Cancel.ThrowIfCancellationRequested();
        while (!portal.Log[before..].Contains("can be used again", StringComparison.Ordinal)) await StatusAsync("/health");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/r/nobodys-link"));

        var log = portal.Log[before..];
        Assert.True(Troubles().Count(log) == 1, $"{Troubles().Count(log)} troubles in the log:\n{log[..Math.Min(log.Length, 20_000)]}");
        Assert.Equal(1, log.Split("can be used again").Length - 1);

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            return answer.StatusCode;
        }
    }

    // Antiforgery warns that no cache at all may keep a page with a form.
    [GeneratedRegex("^(fail|crit|warn): (?!Microsoft.AspNetCore.Antiforgery)", RegexOptions.Multiline)]
    private static partial Regex Troubles();
}
