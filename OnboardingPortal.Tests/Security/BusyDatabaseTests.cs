using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>Many want to write to SQLite at once: whoever does not write is not kept by that, and nobody waits for ever.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class BusyDatabaseTests : IAsyncLifetime
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(8); // a fraction of what it takes when each writer holds a thread
    private PortalProcess _portal = null!;
    private SecondNode _node = null!;
    private HttpClient _http = null!;
    private string _key = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalProcess.StartAsync(("RateLimits__Api", "100000"));
        _node = new SecondNode(_portal);
        var owner = await _node.UserAsync("owner@demo.test", Cancel);
        _key = (await _node.Get<ApiKeys>().CreateAsync(owner, new NewApiKey("Test", Enum.GetValues<ApiScope>()), Cancel)).Value.Secret;
        _http = new HttpClient { BaseAddress = _portal.Address, Timeout = TimeSpan.FromMinutes(3) };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_node is not null) await _node.DisposeAsync();
        if (_portal is not null) await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Sixty_writers_that_wait_for_one_keep_nobody_from_reading()
    {
        (await WriteAsync()).Dispose(); // all that a first call makes is made
        await using var writer = await BeginToWriteAsync();
        var waiting = Enumerable.Range(0, 60).Select(_ => WriteAsync()).ToList();

        for (var read = 0; read < 20; read++)
        {
            using var answer = await _http.GetAsync(new Uri("/favicon.svg", UriKind.Relative), Cancel).WaitAsync(Promptly, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        await EndToWriteAsync(writer);
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
    }

    [Fact]
    public async Task More_writers_than_can_wait_are_told_when_to_come_back()
    {
        var (_, link) = await _node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        (await WriteAsync()).Dispose();
        await using var writer = await BeginToWriteAsync();
        var waiting = Enumerable.Range(0, 300).Select(_ => WriteAsync()).ToList();

        using var refused = await (await Task.WhenAny(waiting)).WaitAsync(Cancel);
        var landing = await _http.GetStringAsync(new Uri(link), Cancel);
        using var opening = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["_handler"] = "open",
                ["__RequestVerificationToken"] = Token().Match(landing).Groups[1].Value
            });
        using var page = await _http.PostAsync(new Uri(link), opening, Cancel).WaitAsync(Cancel); // notes that it was opened

        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (refused.StatusCode, refused.Headers.RetryAfter?.Delta > TimeSpan.Zero));
        Assert.Contains("\"PortalBusy\"", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (page.StatusCode, page.Headers.RetryAfter?.Delta > TimeSpan.Zero));
        Assert.Contains("try again", await page.Content.ReadAsStringAsync(Cancel), StringComparison.OrdinalIgnoreCase);
        await EndToWriteAsync(writer);
        var answers = await Task.WhenAll(waiting);
        Assert.All(
            answers, a => Assert.Contains(a.StatusCode, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable]));
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Contains("More writes wait for SQLite", _portal.Log, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> WriteAsync()
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/requests")
        {
            Content = JsonContent.Create(new { services = (string[])["mailchimp"], message = "Please connect your account." }),
        };
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        return await _http.SendAsync(call, Cancel);
    }

    private async Task<SqliteConnection> BeginToWriteAsync()
    {
        var db = new SqliteConnection($"Data Source={Path.Combine(_portal.DataDirectory, "portal.db")};Pooling=False");
        await db.OpenAsync(Cancel);
        await using var begin = db.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync(Cancel);
        return db;
    }

    private static async Task EndToWriteAsync(SqliteConnection db)
    {
        await using var end = db.CreateCommand();
        end.CommandText = "COMMIT";
        await end.ExecuteNonQueryAsync(Cancel);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
