using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// Every token, key and code that the stand-in platforms gave out is a canary: none may be found anywhere else. In what leaves for whoever
/// watches the portal neither links nor clients' addresses may be found.
/// </summary>
[Collection(Platforms)]
public sealed partial class CanaryTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string MetricsKey = "canary-key-of-prometheus-with-32-characters";
    private const string Email = "canary@bakery.example";
    private const string Address = "203.0.113.77";
    private static readonly Words English = new("en");
    private static readonly PlatformKey[] Asked = [new("facebook"), new("hubspot"), new("activecampaign")];

    [Fact]
    public async Task No_secret_of_a_platform_lies_in_the_database_a_backup_a_mail_a_log_a_page_or_what_is_seen_from_outside()
    {
        var pages = new List<string>();
        await using var collector = await OtlpReceiver.StartAsync(Cancel);
        await using var portal = await PortalProcess.StartAsync(
        [
            .. collector.Settings, ("Telemetry__MetricsKey", MetricsKey), ("Telemetry__JsonLogs", "true"),
            ("Portal__Proxies__0", "127.0.0.1"), ("Logging__LogLevel__Microsoft.AspNetCore", "Debug"),
        ]);
        await using var node = new SecondNode(portal);
        var (id, link) = await node.ARequestAsync(Cancel, Asked);
        await VisitAsync(portal, link);
        var client = new Client(await Fixture.OpenAsync(portal: portal), English);
        await client.OpenAsync(link, email: Email);
        await client.SignInToFacebookAsync();
        await client.ConnectAssetsAsync("Blue Bakery – EU");
        await Expect(client.Page.GetByText("shared", new() { Exact = true })).ToBeVisibleAsync();
        pages.Add(await client.Page.ContentAsync());
        await client.NextStepAsync();
        await ConnectHubSpotAsync(client.Page);
        var key = await ConnectActiveCampaignAsync(client.Page);
        await Expect(client.Page.GetByText("Connected as all-well")).ToBeVisibleAsync();
        pages.Add(await client.Page.ContentAsync());
        await client.NextStepAsync();
        await Expect(client.Page.GetByText(English["All done, thank you!"])).ToBeVisibleAsync();
        pages.Add(await client.Page.ContentAsync());
        pages.AddRange(await AgencyPagesAsync(portal, $"/collaboration/requests/{id}"));
        var scrape = await ScrapeAsync(portal);

        var secrets = SecretsOf(await File.ReadAllTextAsync(Path.Combine(portal.DataDirectory, "sandbox.json"), Cancel)).Append(key)
            .ToList();
        Assert.True(secrets.Count > 6, $"Only {secrets.Count} secrets were planted.");
        var places = new Dictionary<string, string>
        {
            ["a page"] = string.Concat(pages),
            ["a backup"] = await BackUpAsync(portal)
        };
        await portal.StopAsync(Cancel); // all that is seen of it has left
        var seen = new Dictionary<string, string>
        {
            ["the log"] = portal.Log,
            ["the scraped metrics"] = scrape,
            ["the exported metrics"] = collector.TextOf("metrics"),
            ["the traces"] = collector.TextOf("traces"),
            ["the exported log"] = collector.TextOf("logs"),
        };
        foreach (var (place, text) in seen) places[place] = text;
        foreach (var file in Directory.EnumerateFiles(portal.DataDirectory, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            // the platforms' own memory
            if (!Path.GetFileName(file).StartsWith("sandbox.json", StringComparison.Ordinal)) places[file] = await ReadAsync(file);
        }

        Assert.Contains("Blue Bakery", places["a page"], StringComparison.Ordinal); // the search itself works
        Assert.Contains("Blue Bakery", places["a backup"], StringComparison.Ordinal);
        Assert.All(
            places, place =>
                Assert.All(
                    secrets, secret =>
                        Assert.False(place.Value.Contains(secret, StringComparison.Ordinal), $"A secret lies in {place.Key}.")));
        var token = new Uri(link).Segments[^1];
        Assert.All(seen, place => Assert.All(
            [token, Email, Address, "wrong-canary-password", MetricsKey],
            canary => Assert.False(place.Value.Contains(canary, StringComparison.OrdinalIgnoreCase), $"{canary} lies in {place.Key}.")));
        Assert.Contains("portal_platform_call_duration_seconds", seen["the scraped metrics"], StringComparison.Ordinal);
        Assert.Contains("portal.circuits.open", seen["the exported metrics"], StringComparison.Ordinal);
        Assert.Contains("aspnetcore.components.circuit.active", seen["the exported metrics"], StringComparison.Ordinal);
        Assert.Contains("r/{Token}", seen["the traces"], StringComparison.Ordinal);
        Assert.Contains("platform call", seen["the traces"], StringComparison.Ordinal);
        Assert.Contains("round OutboxDelivery", seen["the traces"], StringComparison.Ordinal);
        Assert.Contains("/r/***", seen["the exported log"], StringComparison.Ordinal);
    }

    /// <summary>Somebody comes from an address of their own with the link, and somebody guesses a password.</summary>
    private static async Task VisitAsync(PortalProcess portal, string link)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", Address);
        http.DefaultRequestHeaders.Add("baggage", $"who={Email}");
        using var page = await http.GetAsync(new Uri(link), Cancel);
        page.EnsureSuccessStatusCode();
        var form = (await http.GetStringAsync(new Uri("/account/login", UriKind.Relative), Cancel)).Split("<form")
            .First(f => f.Contains("Input.Email", StringComparison.Ordinal));
        var fields = HiddenField().Matches(form)
            .Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Append(new("Input.Email", Email)).Append(new("Input.Password", "wrong-canary-password"));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri("/account/login", UriKind.Relative), content, Cancel);
    }

    private static async Task<string> ScrapeAsync(PortalProcess portal)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", MetricsKey);
        return await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);
    }

    private static async Task ConnectHubSpotAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Add HubSpot" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Proceed" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Token expires at once", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Connected as").First).ToBeVisibleAsync();
    }

    private static async Task<string> ConnectActiveCampaignAsync(IPage page)
    {
        var overview = await page.Context.NewPageAsync();
        await overview.GotoAsync("/sandbox");
        var cells = await overview.GetByRole(AriaRole.Row).Filter(new() { HasText = "/sandbox/activecampaign/all-well" }).Locator("code")
            .AllInnerTextsAsync();
        await overview.CloseAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add ActiveCampaign" }).ClickAsync();
        await page.GetByLabel("API URL").FillAsync(cells[0]);
        await page.GetByLabel("API key").FillAsync(cells[1]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        return cells[1];
    }

    private async Task<List<string>> AgencyPagesAsync(PortalProcess portal, string request)
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(portal: portal), English, portal);
        await owner.SignInAsync();
        var pages = new List<string>();
        foreach (var path in new[]
        {
            request, "/collaboration/requests", "/collaboration", "/settings/facebook", "/settings/data-sync-accounts",
            "/settings/platforms"
        })
        {
            await owner.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            pages.Add(await owner.Page.ContentAsync());
        }

        return pages;
    }

    private static async Task<string> BackUpAsync(PortalProcess portal)
    {
        var copy = Path.Combine(Directory.CreateTempSubdirectory("portal-backup-").FullName, "portal.db");
        await using (var connection = new SqliteConnection(
            $"Data Source={Path.Combine(portal.DataDirectory, "portal.db")};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $copy";
            command.Parameters.AddWithValue("$copy", copy);
            await command.ExecuteNonQueryAsync(Cancel);
        }

        return await ReadAsync(copy);
    }

    /// <summary>The values of all tokens, refresh tokens and codes.</summary>
    private static IEnumerable<string> SecretsOf(string sandbox)
    {
        using var memory = JsonDocument.Parse(sandbox);
        foreach (var list in memory.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array))
        {
            foreach (var item in list.Value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("value", out var value)) yield return value.GetString()!;
            }
        }
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/?>""")]
    private static partial Regex HiddenField();

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }
}
