using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Every token, key and code that the stand-in platforms gave out is a canary: none may be found anywhere else.</summary>
[Collection(Platforms)]
public sealed class CanaryTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Words English = new("en");
    private static readonly PlatformKey[] Asked = [new("facebook"), new("hubspot"), new("activecampaign")];

    [Fact]
    public async Task No_secret_of_a_platform_lies_in_the_database_a_backup_a_mail_a_log_or_a_page()
    {
        var pages = new List<string>();
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, Asked);
        var client = new Client(await Fixture.OpenAsync(), English);
        await client.OpenAsync(link);
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
        pages.AddRange(await AgencyPagesAsync($"/collaboration/requests/{id}"));

        var secrets = SecretsOf(await File.ReadAllTextAsync(Path.Combine(Fixture.Portal.DataDirectory, "sandbox.json"), Cancel)).Append(key)
            .ToList();
        Assert.True(secrets.Count > 6, $"Only {secrets.Count} secrets were planted.");
        var places = new Dictionary<string, string>
        {
            ["the log"] = Fixture.Portal.Log,
            ["a page"] = string.Concat(pages),
            ["a backup"] = await BackUpAsync()
        };
        foreach (var file in Directory.EnumerateFiles(Fixture.Portal.DataDirectory, "*", SearchOption.AllDirectories)
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

    private async Task<List<string>> AgencyPagesAsync(string request)
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
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

    private async Task<string> BackUpAsync()
    {
        var copy = Path.Combine(Directory.CreateTempSubdirectory("portal-backup-").FullName, "portal.db");
        await using (var connection = new SqliteConnection(
            $"Data Source={Path.Combine(Fixture.Portal.DataDirectory, "portal.db")};Pooling=False"))
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

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }
}
