using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NSubstitute;
using OnboardingPortal.App.Hosting.Health;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>What load balancers are told of a node, and what that costs.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_whose_database_is_away_is_alive_and_not_ready_and_says_no_more()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres, Cancel);
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var relay = new TcpRelay(server.Host!, server.Port);
        (server.Host, server.Port) = ("127.0.0.1", relay.Port);
        await using var portal = await PortalProcess.StartAsync(
            ("Database__Provider", "Postgres"), ("ConnectionStrings__Portal", server.ConnectionString));
        using var http = new HttpClient { BaseAddress = portal.Address };
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(http, "/health/live"));
        await ReadyAsync(http, HttpStatusCode.OK, "Healthy");
        var before = NotReady().Count(portal.Log);

        await relay.CutAsync();
        await ReadyAsync(http, HttpStatusCode.ServiceUnavailable, "Unhealthy");

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(http, "/health/live"));
        relay.Restore();
        await ReadyAsync(http, HttpStatusCode.OK, "Healthy");
        Assert.InRange(NotReady().Count(portal.Log) - before, 1, 3); // once for each change of what is missing, not for each probe
    }

    [Fact]
    public async Task Probes_are_never_refused_and_cost_the_database_next_to_nothing()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("RateLimits__All", "1"), ("Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command", "Information"));
        using var http = new HttpClient { BaseAddress = portal.Address };
        await ReadyAsync(http, HttpStatusCode.OK, "Healthy");
        var before = LookedUp().Count(portal.Log);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => AskAsync(http, i % 2 == 0 ? "/health/ready" : "/health/live")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.InRange(LookedUp().Count(portal.Log) - before, 0, 20); // a second's probes are one
    }

    [Fact]
    public async Task A_database_that_lacks_a_migration_makes_a_node_not_ready()
    {
        await using var portal = await PortalProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = portal.Address };
        await ReadyAsync(http, HttpStatusCode.OK, "Healthy");

        await using (var connection = new SqliteConnection(
            $"Data Source={Path.Combine(portal.DataDirectory, "portal.db")};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT max("MigrationId") FROM "__EFMigrationsHistory")
                """;
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
        }

        await ReadyAsync(http, HttpStatusCode.ServiceUnavailable, "Unhealthy");
        while (!portal.Log.Contains("This node is not ready: schema", StringComparison.Ordinal)) Cancel.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Behind_proxies_that_end_https_a_probe_asks_the_node_itself_by_http()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Portal__PublicUrl", "https://portal.example"), ("Portal__Proxies__0", "127.0.0.1"));
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };

        await ReadyAsync(http, HttpStatusCode.OK, "Healthy");
        Assert.Equal(HttpStatusCode.PermanentRedirect, (await AskAsync(http, "/account/login")).Status);
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_is_not_ready_any_more()
    {
        using var stopping = new CancellationTokenSource();
        var lifetime = Substitute.For<IHostApplicationLifetime>();
        lifetime.ApplicationStopping.Returns(stopping.Token);
        await using var services = new ServiceCollection().AddLogging().AddHealthChecks().Services.BuildServiceProvider();
        var readiness = new Readiness(
            services.GetRequiredService<HealthCheckService>(), lifetime, new FakeTime(), NullLogger<Readiness>.Instance);
        Assert.True(await readiness.IsReadyAsync(Cancel));

        await stopping.CancelAsync();

        Assert.False(await readiness.IsReadyAsync(Cancel));
    }

    [Fact]
    public async Task Whoever_asks_meanwhile_gets_the_same_answer_and_the_next_second_another_one()
    {
        var asked = 0;
        var clock = new FakeTime();
        var goOn = new TaskCompletionSource();
        await using var services = new ServiceCollection().AddLogging().AddHealthChecks().AddAsyncCheck("slow", async () =>
        {
            Interlocked.Increment(ref asked);
            await goOn.Task;
            return asked > 1 ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy();
        }).Services.BuildServiceProvider();
        var readiness = new Readiness(
            services.GetRequiredService<HealthCheckService>(), Substitute.For<IHostApplicationLifetime>(), clock,
            NullLogger<Readiness>.Instance);

        var many = Enumerable.Range(0, 100).Select(_ => readiness.IsReadyAsync(Cancel)).ToList();
        goOn.SetResult();

        Assert.All(await Task.WhenAll(many), Assert.True);
        Assert.True(await readiness.IsReadyAsync(Cancel));
        Assert.Equal(1, asked);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await readiness.IsReadyAsync(Cancel));
    }

    /// <summary>Waits until readiness is this, as whoever probes does: a busy machine may need a moment.</summary>
    private static async Task ReadyAsync(HttpClient http, HttpStatusCode status, string text)
    {
        while (await AskAsync(http, "/health/ready") != (status, text)) Cancel.ThrowIfCancellationRequested();
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    [GeneratedRegex("This node is not ready: ")]
    private static partial Regex NotReady();

    [GeneratedRegex("FROM \"__EFMigrationsHistory\"")]
    private static partial Regex LookedUp();
}
