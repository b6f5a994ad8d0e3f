using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Bench.Servers;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

using Visitor = OnboardingPortal.Bench.Servers.Visitor;

namespace OnboardingPortal.Bench.Portal;

/// <summary>
/// The published portal as it runs in production, on a data directory with the demo agencies, whose owner has sent one page of requests.
/// </summary>
internal sealed partial class PortalSite : IAsyncDisposable
{
    /// <summary>Requests, and lines of the table's page.</summary>
    public const int Lines = 25;

    private const string Owner = "owner@demo.test";
    private const string Password = "Demo-Owner-1!";

    private readonly HttpClient _http;
    private readonly string _folder;
    private readonly (string Name, string? Value)[] _settings;

    private PortalSite(
        HttpClient http, string folder, (string Name, string? Value)[] settings, ServerProcess server, Uri link)
    {
        _http = http;
        _folder = folder;
        _settings = settings;
        Server = server;
        Link = link;
    }

    public ServerProcess Server { get; }

    /// <summary>A client's link that is alive.</summary>
    public Uri Link { get; }

    public Uri TablePage => new(Server.Address, $"collaboration/requests?size={Lines}");

    public static Task<PortalSite> StartAsync(BenchContext bench, CancellationToken cancellationToken) =>
        StartAsync(bench, rehearses: false, [], cancellationToken);

    /// <summary>The same with the platforms' stand-ins, and with a link that asks for Facebook.</summary>
    public static Task<PortalSite> StartRehearsalAsync(BenchContext bench, CancellationToken cancellationToken) =>
        StartAsync(bench, rehearses: true, [], cancellationToken);

    /// <summary>The same with platforms that answer in a process of their own.</summary>
    public static Task<PortalSite> StartAsync(BenchContext bench, SandboxSite platforms, CancellationToken cancellationToken) =>
        StartAsync(bench, rehearses: false, platforms.Settings, cancellationToken);

    private static async Task<PortalSite> StartAsync(
        BenchContext bench, bool rehearses, (string Name, string? Value)[] settings, CancellationToken cancellationToken)
    {
        var folder = bench.NewDataFolder();
        await using (await bench.StartPortalAsync(folder, "Development", rehearses, settings, cancellationToken))
        {
            // The first start in Development makes the demo agencies.
        }

        var server = await bench.StartPortalAsync(folder, "Production", rehearses, settings, cancellationToken);
        var recipients = Enumerable.Range(1, rehearses ? 1 : Lines).Select(Recipient);
        var link = await SendAsync(
            folder, server.Address, recipients, rehearses ? "facebook" : "mailchimp", lifetime: null, cancellationToken);
        return new(bench.Http, folder, settings, server, link);
    }

    /// <summary>The portal's own services on the same database, in this process.</summary>
    public ServiceProvider OpenCore() => PortalCore.Open(_folder, [.. _settings, ("Portal:PublicUrl", Server.Address.AbsoluteUri)]);

    /// <summary>Signs the owner in.</summary>
    public async Task<Visitor> SignInAsync(CancellationToken cancellationToken)
    {
        var visitor = new Visitor(_http);
        var address = new Uri(Server.Address, "account/login");
        // the passkey's form comes second
        var fields = HiddenFields(await visitor.GetPageAsync(address, cancellationToken)).DistinctBy(field => field.Key).ToDictionary();
        fields["Input.Email"] = Owner;
        fields["Input.Password"] = Password;
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        using var answer = await visitor.SendAsync(request, cancellationToken);
        if (visitor.Cookies.GetCookies(address)["portal.session"] is null)
            throw new InvalidOperationException($"The sign-in was refused: {answer.StatusCode}.");
        return visitor;
    }

    /// <summary>Sends one more request, whose link dies of itself.</summary>
    public Task SendAsync(string recipient, TimeSpan lifetime, CancellationToken cancellationToken) =>
        SendAsync(_folder, Server.Address, [recipient], "mailchimp", lifetime, cancellationToken);

    public static string Recipient(int number) => $"client{number:00}@bench.example";

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Uses the portal's own services on the same database: the server is told nothing, and reads it with the next page.</summary>
    /// <returns>The last request's link.</returns>
    private static async Task<Uri> SendAsync(
        string folder, Uri server, IEnumerable<string> recipients, string platform, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        await using var services = PortalCore.Open(
            folder, ("Portal:PublicUrl", server.AbsoluteUri), ("Requests:LinkLifetime", lifetime?.ToString()),
            // configured, but nobody calls them
            ("Platforms:Mailchimp:ClientId", "bench"), ("Platforms:Mailchimp:ClientSecret", "bench"),
            ("Platforms:Facebook:AppId", "bench"), ("Platforms:Facebook:AppSecret", "bench"));
        var requests = services.GetRequiredService<RequestService>();
        var owner = await FindOwnerAsync(services, cancellationToken);
        var user = (await services.GetRequiredService<AgencyFacebookService>()
            .ListAsync(owner.Agency, cancellationToken)) is [var first, ..] ? first : null;
        var business = user?.BusinessManagers.First(b => b.IsAdmin).ExternalId;
        Uri? link = null;
        foreach (var recipient in recipients)
        {
            var made = await requests.CreateAsync(
                owner, new("We need access.", [new(platform)], user?.Id, business, null), cancellationToken);
            await requests.SendAsync(owner, made.Value, recipient, cancellationToken);
            link = (await requests.CopyLinkAsync(owner, made.Value, cancellationToken)).Value;
        }

        return link!;
    }

    public static async Task<AgencyCaller> FindOwnerAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = services.GetRequiredService<PortalDbContextFactory>().CreateForSystem();
        var owner = await db.Users.SingleAsync(user => user.Email == Owner, cancellationToken);
        return await services.GetRequiredService<AgencyService>().FindCallerAsync(owner.UserId, null, cancellationToken)
            ?? throw new InvalidOperationException($"{Owner} is locked out.");
    }

    private static IEnumerable<KeyValuePair<string, string>> HiddenFields(string html) =>
        HiddenField.Matches(html).Select(field => KeyValuePair.Create(field.Groups[1].Value, field.Groups[2].Value));

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)" ?/?>""")]
    private static partial Regex HiddenField { get; }
}
