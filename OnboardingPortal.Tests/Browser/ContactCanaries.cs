using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// Each contact of a list of Mailchimp that a sync read and sent is a canary: it may be found neither in what the API answers, nor on a
/// page, in the log or in a file of the portal, which runs in a process of its own.
/// </summary>
internal static class ContactCanaries
{
    private const string Syncs = "/api/v1/syncs";

    /// <summary>Runs the sync once more, by the API, and gives what the API said of it before and after.</summary>
    public static async Task<string> RunAsync(PortalProcess portal, string sync, Func<Task> ended, CancellationToken cancellationToken)
    {
        await using var node = new SecondNode(portal);
        var owner = await node.UserAsync("owner@demo.test", cancellationToken);
        var key = (await node.Get<ApiKeys>().CreateAsync(owner, new NewApiKey("Canary", Enum.GetValues<ApiScope>()), cancellationToken))
            .Value.Secret;
        using var program = await ApiProgram.StartAsync(portal.Address, cancellationToken);
        List<ApiAnswer> answers = [await AskAsync("POST", $"{Syncs}/{sync}/run")];
        await ended();
        answers.AddRange([await AskAsync("GET", Syncs), await AskAsync("GET", $"{Syncs}/{sync}")]);
        Assert.Equal(["202", "200", "200"], answers.Select(a => a.Short));
        Assert.All(answers, a => Assert.Contains(sync, a.Text, StringComparison.Ordinal));
        return string.Join('\n', answers.Select(a => a.Text));

        Task<ApiAnswer> AskAsync(string method, string address) => program.CallAsync(key, method, address, null, cancellationToken);
    }

    /// <summary>Looks for everybody of the list, once it is certain that they were sent.</summary>
    public static async Task AssertNowhereAsync(
        PortalProcess portal, string sync, Dictionary<string, string> places, CancellationToken cancellationToken)
    {
        await using var node = new SecondNode(portal);
        var owner = await node.UserAsync("owner@demo.test", cancellationToken);
        var id = AudienceSyncId.From(long.Parse(sync, CultureInfo.InvariantCulture));
        await using var db = node.Get<PortalDbContextFactory>().Create(owner.Agency);
        var made = await db.AudienceSyncs.SingleAsync(s => s.Id == id, cancellationToken);
        var source = (await node.Get<AccountCredentials>().UseAsync(
            owner.Agency, made.AccountId, (account, stop) => MembersAsync(portal, account, made.List, stop), cancellationToken)).Value;
        var members = JsonNode.Parse(source)!["members"]!.AsArray().Where(m => (string?)m!["status"] == "subscribed").ToList();
        var addresses = members.Select(m => (string)m!["email_address"]!).ToList();
        var phones = members.Select(m => (string)m!["merge_fields"]!["PHONE"]!).Where(p => p.Any(char.IsDigit)).ToList();
        Assert.True(addresses.Count > 5 && phones.Count > 5, $"Only {addresses.Count} addresses and {phones.Count} telephone numbers.");
        var audience = await AudienceAsync(portal, made.Audience!, cancellationToken);
        Assert.All(addresses, a => Assert.True(audience.AsSpan().IndexOf(AsKept(a)) >= 0, "A contact was not sent."));

        var log = portal.Log;
        Assert.Contains(portal.Address.Authority, log, StringComparison.Ordinal); // the search itself works
        places["the log"] = log;
        foreach (var file in Directory.EnumerateFiles(portal.DataDirectory, "*", SearchOption.AllDirectories).Where(IsThePortals))
            places[file] = Encoding.UTF8.GetString(await ReadAsync(file, cancellationToken));
        Assert.Contains(
            places,
            p => p.Key.Contains("portal.db", StringComparison.Ordinal) && p.Value.Contains(made.AudienceName, StringComparison.Ordinal));
        List<string> values = [.. addresses.Concat(phones).Select(v => v.Split('+', '\'')[^1])]; // JSON escapes these two
        Assert.All(values, v => Assert.Contains(v, source, StringComparison.Ordinal));
        List<string> canaries = [.. values, .. addresses.Select(a => Convert.ToHexStringLower(HashOf(a)))];
        Assert.All(places, place => Assert.All(
            canaries,
            c => Assert.False(place.Value.Contains(c, StringComparison.OrdinalIgnoreCase), $"A contact lies in {place.Key}.")));
    }

    /// <summary>What Mailchimp itself answers about the people of a list.</summary>
    /// <param name="portal">Where its stand-in answers.</param>
    /// <param name="account">The client's account there.</param>
    /// <param name="list">As a sync keeps it: its kind, a colon, and Mailchimp's id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    private static async Task<Result<string>> MembersAsync(
        PortalProcess portal, PlatformCredentials account, string list, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(portal.Address, account.ApiAddress!) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", account.AccessToken);
        return await http.GetStringAsync($"3.0/lists/{list.Split(':')[^1]}/members?count=1000", cancellationToken);
    }

    /// <summary>Whom Facebook keeps in an audience.</summary>
    private static async Task<byte[]> AudienceAsync(PortalProcess portal, string audience, CancellationToken cancellationToken) =>
        await ReadAsync(
            Directory.EnumerateFiles(Path.Combine(portal.DataDirectory, "sandbox-audiences"), $"{audience}-*").Single(), cancellationToken);

    /// <summary>Half of the hash of an address, as the stand-in writes it: the lowest byte first.</summary>
    private static byte[] AsKept(string address) => [.. HashOf(address).Take(16).Reverse()];

    private static byte[] HashOf(string address) => SHA256.HashData(Encoding.UTF8.GetBytes(address.ToLowerInvariant()));

    /// <summary>Neither the platforms' own memory nor a file that is only there while another one is made.</summary>
    private static bool IsThePortals(string file) =>
        !Path.GetFileName(file).StartsWith("sandbox.json", StringComparison.Ordinal) && Path.GetExtension(file) is not (".part" or ".lock");

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, cancellationToken);
        return memory.ToArray();
    }
}
