using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>A stranger at the sign-in is not told who has an account.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class UnknownUserTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twelve_wrong_passwords_are_answered_for_a_user_as_for_nobody()
    {
        await using var portal = await PortalProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = portal.Address };
        var known = new List<string>();
        var unknown = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            known.Add(await TryAsync(http, "owner@demo.test"));
            unknown.Add(await TryAsync(http, "nobody@demo.test"));
        }

        Assert.Equal(unknown, known);
        Assert.Contains("Email or password is wrong", known[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_for_a_new_password_waits_for_nothing_that_is_done_for_a_user()
    {
        await using var portal = await PortalProcess.StartAsync();
        // what comes next on the connection must not tell either
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1 };
        using var http = new HttpClient(handler) { BaseAddress = portal.Address };
        var address = new Uri("/account/forgot", UriKind.Relative);
        var token = Token().Match(await http.GetStringAsync(address, Cancel)).Groups[1].Value;
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(portal.DataDirectory, "portal.db")};Pooling=False"))
        {
            await database.OpenAsync(Cancel);
            await using var nobodyElseWrites = database.BeginTransaction(deferred: false); // what is done for a user cannot end
            foreach (var email in new[] { "nobody@demo.test", "owner@demo.test" })
            {
                using var form = new FormUrlEncodedContent(
                    [new("_handler", "forgot"), new("__RequestVerificationToken", token), new("Input.Email", email)]);
                using var answer = await http.PostAsync(address, form, Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
                Assert.Contains("with a link is on its way", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
                await http.GetStringAsync(address, Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
            }
        }

        Assert.NotEmpty(await portal.MailToAsync("owner@demo.test", Cancel));
    }

    private static async Task<string> TryAsync(HttpClient http, string email)
    {
        var address = new Uri("/account/login", UriKind.Relative);
        var token = Token().Match(await http.GetStringAsync(address, Cancel)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([
            new("_handler", "login"), new("__RequestVerificationToken", token), new("Input.Email", email),
            new("Input.Password", "not the password")]);
        using var answer = await http.PostAsync(address, form, Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        return Secrets().Replace(page.Replace($"value=\"{email}\"", "", StringComparison.Ordinal), "");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("""(value="[\w-]{60,}"|<!--Blazor.*?-->|id="[^"]*"|for="[^"]*")""")]
    private static partial Regex Secrets();
}
