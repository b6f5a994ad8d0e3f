using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>
/// Somebody at the file of the database, and the portal as a process: what it writes afterwards does not prove the forgery.
/// </summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class ForgedAuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trail_removed_with_its_end_and_with_all_that_tells_of_it_is_no_new_one_even_after_a_restart()
    {
        await using var portal = await PortalProcess.StartAsync();
        await RefusedSignInAsync(portal);
        await RunAsync(portal, "DELETE FROM audit_events");
        await RunAsync(portal, "DELETE FROM audit_heads");

        await portal.RestartAsync();
        await RefusedSignInAsync(portal);

        Assert.StartsWith(
            "EndMissing ", await RunAsync(portal, "SELECT \"Detail\" FROM audit_events WHERE \"Kind\" = 'ChainBroken'"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_copy_of_the_database_is_told_in_a_sentence_and_the_portal_goes_on()
    {
        await using var portal = await PortalProcess.StartAsync();
        var copy = Path.Combine(portal.DataDirectory, "yesterday");
        await RefusedSignInAsync(portal);
        await RunAsync(portal, $"VACUUM INTO '{copy}'");
        await RefusedSignInAsync(portal);
        await portal.StopAsync(Cancel);
        foreach (var file in Directory.GetFiles(portal.DataDirectory, "portal.db-*")) File.Delete(file);
        File.Move(copy, Path.Combine(portal.DataDirectory, "portal.db"), overwrite: true);

        await portal.RestartAsync();
        await RefusedSignInAsync(portal);

        Assert.StartsWith(
            "RolledBack ", await RunAsync(portal, "SELECT \"Detail\" FROM audit_events WHERE \"Kind\" = 'ChainBroken'"),
            StringComparison.Ordinal);
        // the one of before and the one of now
        Assert.Equal("2", await RunAsync(portal, "SELECT COUNT(*) FROM audit_events WHERE \"Kind\" = 'UserSignInRefused'"));
        Assert.DoesNotContain("   at ", portal.Log, StringComparison.Ordinal);
    }

    private static async Task RefusedSignInAsync(PortalProcess portal)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        var address = new Uri("/account/login", UriKind.Relative);
        var token = Token().Match(await http.GetStringAsync(address, Cancel)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([
            new("_handler", "login"), new("__RequestVerificationToken", token), new("Input.Email", "owner@demo.test"),
            new("Input.Password", "not the password")]);
        using var answer = await http.PostAsync(address, form, Cancel);
        Assert.Contains("Email or password is wrong", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(PortalProcess portal, string sql)
    {
        await using var db = new SqliteConnection($"Data Source={Path.Combine(portal.DataDirectory, "portal.db")};Pooling=False");
        await db.OpenAsync(Cancel);
        await using var command = db.CreateCommand();
#pragma warning disable CA2100 // The statements stand in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return $"{await command.ExecuteScalarAsync(Cancel)}";
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
