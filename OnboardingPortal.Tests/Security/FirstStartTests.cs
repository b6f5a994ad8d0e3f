using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>What a portal makes when it is new is made whole, however often that is broken off.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class FirstStartTests
{
    private const int DemoRequests = 15;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_demo_whose_story_is_broken_off_again_and_again_is_told_to_its_end()
    {
        await using var portal = PortalProcess.Prepare();
        for (var requests = 0; requests < DemoRequests - 3; requests += 3)
        {
            await portal.RestartAsync();
            // and then it is killed
            await UntilAsync(
                portal, () => CountAsync(portal, "SELECT count(*) FROM requests WHERE Status <> 'Deleted'"), atLeast: requests + 1);
        }

        await portal.RestartAsync();
        await portal.ToldAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(3), Cancel);
        await portal.RestartAsync(); // which has nothing left to tell
        await AssertWholeAsync(portal);
    }

    [Fact]
    public async Task A_demo_that_could_not_be_made_leaves_nothing_half_and_is_made_at_the_next_start()
    {
        // makes the database, and no demo
        await using var production = await PortalProcess.StartAsync(("ASPNETCORE_ENVIRONMENT", "Production"), ("AllowedHosts", "*"));
        await production.StopAsync(Cancel);
        await ExecuteAsync(
            production,
            "CREATE TRIGGER trouble BEFORE INSERT ON AspNetUsers WHEN NEW.Email = 'owner@other.test' BEGIN SELECT RAISE(ABORT, 'a bad "
            + "day'); END");
        await using var portal = PortalProcess.Prepare(("Portal__DataDirectory", production.DataDirectory));

        await portal.RunToEndAsync(Cancel);

        Assert.Equal(
            0, await CountAsync(
                production,
                "SELECT (SELECT count(*) FROM agencies) + (SELECT count(*) FROM AspNetUsers) + (SELECT count(*) FROM audit_events)"));
        await ExecuteAsync(production, "DROP TRIGGER trouble");
        await portal.RestartAsync();
        Assert.Equal(3, await CountAsync(production, "SELECT count(*) FROM AspNetUsers"));
        Assert.Equal(2, await CountAsync(production, "SELECT count(*) FROM agencies WHERE OwnerId IS NOT NULL"));
    }

    [Fact]
    public async Task A_set_up_that_fails_at_its_last_step_makes_nothing_and_can_be_done_again_with_its_code()
    {
        await using var portal = await PortalProcess.StartAsync(("ASPNETCORE_ENVIRONMENT", "Production"));
        var code = Code().Match(portal.Log).Groups[1].Value;
        await ExecuteAsync(
            portal, "CREATE TRIGGER trouble BEFORE UPDATE OF OwnerId ON agencies BEGIN SELECT RAISE(ABORT, 'a bad day'); END");
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };

        Assert.Equal(HttpStatusCode.InternalServerError, await SetUpAsync(http, code));

        Assert.Equal(
            0, await CountAsync(
                portal, "SELECT (SELECT count(*) FROM agencies) + (SELECT count(*) FROM AspNetUsers) + (SELECT count(*) FROM audit_events)"));
        await ExecuteAsync(portal, "DROP TRIGGER trouble");
        Assert.Equal(HttpStatusCode.Found, await SetUpAsync(http, code));
        Assert.Equal(1, await CountAsync(portal, "SELECT count(*) FROM agencies WHERE OwnerId IS NOT NULL"));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/setup", UriKind.Relative), Cancel)).StatusCode);
    }

    private static async Task<HttpStatusCode> SetUpAsync(HttpClient http, string code)
    {
        var page = await http.GetStringAsync(new Uri("/setup", UriKind.Relative), Cancel);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "setup",
            ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
            ["Input.Code"] = code,
            ["Input.AgencyName"] = "Blue Agency",
            ["Input.UserName"] = "The owner",
            ["Input.Email"] = "owner@blue.example",
            ["Input.Password"] = "a long enough password",
        });
        using var answer = await http.PostAsync(new Uri("/setup", UriKind.Relative), form, Cancel);
        return answer.StatusCode;
    }

    private static async Task AssertWholeAsync(PortalProcess portal)
    {
        Assert.Equal(3, await CountAsync(portal, "SELECT count(*) FROM AspNetUsers"));
        Assert.Equal(1, await CountAsync(portal, "SELECT count(*) FROM agency_facebook_users"));
        Assert.Equal(1, await CountAsync(portal, "SELECT count(*) FROM request_templates"));
        Assert.Equal(DemoRequests, await CountAsync(portal, "SELECT count(*) FROM requests WHERE Status <> 'Deleted'"));
        Assert.Equal(
            DemoRequests - 1,
            await CountAsync(
                portal, "SELECT count(DISTINCT FirstRecipient) FROM requests WHERE Status <> 'Deleted' AND RecipientCount > 0"));
        Assert.Equal(10, await CountAsync(portal, "SELECT count(*) FROM requests WHERE Status = 'Connected'"));
    }

    /// <summary>Asks again and again, with a page of the portal between.</summary>
    private static async Task UntilAsync(PortalProcess portal, Func<Task<long>> count, long atLeast)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        while (await count() < atLeast) await http.GetStringAsync(new Uri("/account/login", UriKind.Relative), Cancel);
    }

    private static async Task<long> CountAsync(PortalProcess portal, string sql)
    {
        await using var db = await OpenAsync(portal);
        await using var command = db.CreateCommand();
#pragma warning disable CA2100 // The statements stand in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancel), CultureInfo.InvariantCulture);
    }

    private static Task<long> ExecuteAsync(PortalProcess portal, string sql) => CountAsync(portal, sql);

    private static async Task<SqliteConnection> OpenAsync(PortalProcess portal)
    {
        var db = new SqliteConnection($"Data Source={Path.Combine(portal.DataDirectory, "portal.db")};Pooling=False");
        await db.OpenAsync(Cancel);
        return db;
    }

    [GeneratedRegex("which works once: ([A-Z2-9]{20})")]
    private static partial Regex Code();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
