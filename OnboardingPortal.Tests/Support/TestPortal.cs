using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Http;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Net;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// The real services over a real database; only the clock, the internet, the mail server and the listening address stand in.
/// </summary>
public sealed class TestPortal : IAsyncDisposable
{
    public const string PublicUrl = "https://portal.example/";
    public const string FacebookAppId = "1029384756";
    public const string FacebookAppSecret = "app-secret-0123456789abcdef";

    private readonly ServiceProvider _services;
    private readonly bool _ownsDatabase;
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection> _register;

    private TestPortal(
        TestDatabase database, FakeTime clock, StubHttp http, RecordingTransport mail, Dictionary<string, string?> settings,
        Action<IServiceCollection> register, bool ownsDatabase)
    {
        Database = database;
        Clock = clock;
        Http = http;
        Mail = mail;
        _settings = settings;
        _register = register;
        _ownsDatabase = ownsDatabase;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Configuration()).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(Logs));
        services.AddLocalization();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IServer, StubServer>();
        services.AddSingleton(
            new PublicConnector((host, _) => Task.FromResult(Names.GetValueOrDefault(host, [IPAddress.Parse("93.184.215.14")]))));
        services.AddSingleton(new TextRecords((name, _) => Task.FromResult<IReadOnlyList<string>>(Texts.GetValueOrDefault(name, []))));
        services.AddPortalCore().AddMails();
        DatabaseManners.Register(services);
        services.AddSingleton<IEmailTransport>(mail);
        register(services);
        // every platform's
        services.PostConfigureAll<HttpClientFactoryOptions>(
            o => o.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = http));

        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public TestDatabase Database { get; }

    /// <summary>The node's own, made when it lays something down; the setting <c>Portal:DataDirectory</c> names another.</summary>
    public string DataDirectory { get; } = Path.Combine(TestDatabase.Folder, $"{Guid.NewGuid():N}-data");

    /// <summary>What names resolve to; every other name is somewhere on the public internet.</summary>
    public Dictionary<string, IPAddress[]> Names { get; } = [];

    /// <summary>The TXT records there are.</summary>
    public Dictionary<string, string[]> Texts { get; } = [];

    public FakeTime Clock { get; }

    public StubHttp Http { get; }

    public RecordingTransport Mail { get; }

    public RecordingLogs Logs { get; } = new();

    /// <summary>What a test started beside it, and what ends with it; null = nothing.</summary>
    public IAsyncDisposable? Beside { get; set; }

    /// <summary>The main user of <i>Brightside Agency</i>.</summary>
    public AgencyCaller Owner { get; private set; } = null!;

    /// <summary>A sub-user of <i>Brightside Agency</i>.</summary>
    public AgencyCaller Member { get; private set; } = null!;

    /// <summary>The main user of <i>Harbour Agency</i>, who must never learn anything of Brightside.</summary>
    public AgencyCaller Stranger { get; private set; } = null!;

    /// <summary>The collaboration settings a new agency has, to change one of.</summary>
    public static CollaborationSettings NewSettings { get; } = new Agency(
        AgencyId.None, "", "Please connect your accounts.", default).Settings;

    internal PortalDbContextFactory Contexts => Get<PortalDbContextFactory>();

    /// <summary>Starts a portal over a fresh database with two agencies.</summary>
    /// <param name="provider">Which database.</param>
    /// <param name="settings">What it is configured with beyond the usual.</param>
    /// <param name="register">Adds services beyond the usual.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<TestPortal> StartAsync(
        DatabaseProvider provider, Dictionary<string, string?> settings, Action<IServiceCollection> register,
        CancellationToken cancellationToken)
    {
        var database = await TestDatabase.CreateAsync(provider, cancellationToken);
        var portal = new TestPortal(
            database, new FakeTime(), new StubHttp(), new RecordingTransport(), settings, register, ownsDatabase: true);
        var brightside = await portal.AddAgencyAsync("Brightside Agency", cancellationToken);
        portal.Owner = await portal.AddUserAsync(
            brightside, AgencyRole.MainUser, "The owner", "owner@brightside.example", cancellationToken);
        portal.Member = await portal.AddUserAsync(
            brightside, AgencyRole.SubUser, "The member", "member@brightside.example", cancellationToken);
        var harbour = await portal.AddAgencyAsync("Harbour Agency", cancellationToken);
        portal.Stranger = await portal.AddUserAsync(
            harbour, AgencyRole.MainUser, "The other owner", "owner@harbour.example", cancellationToken);
        return portal;
    }

    /// <summary>A second node: services of its own over the same database, clock, internet and mail server.</summary>
    /// <param name="settings">What it is configured with instead of the first node's; null = the same.</param>
    public TestPortal AnotherNode(Dictionary<string, string?>? settings = null) => new(
        Database, Clock, Http, Mail, settings ?? _settings, _register, ownsDatabase: false)
    {
        Owner = Owner,
        Member = Member,
        Stranger = Stranger,
    };

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public AsyncServiceScope Scope() => _services.CreateAsyncScope();

    public async Task<AgencyId> AddAgencyAsync(string name, CancellationToken cancellationToken)
    {
        var agency = new Agency(AgencyId.New(Clock), name, "Please connect your accounts.", Clock.Now);
        await using var db = Contexts.CreateForSystem();
        db.Agencies.Add(agency);
        await db.SaveChangesAsync(cancellationToken);
        return agency.Id;
    }

    public async Task<AgencyCaller> AddUserAsync(
        AgencyId agency, AgencyRole role, string name, string email, CancellationToken cancellationToken)
    {
        var id = AgencyUserId.New(Clock);
        await using var db = Contexts.CreateForSystem();
        db.Users.Add(new AgencyUser
        {
            Id = id.Value,
            AgencyId = agency,
            Role = role,
            DisplayName = name,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
        });
        await db.SaveChangesAsync(cancellationToken);
        // however far a test turns the clock
        return new AgencyCaller(agency, id, role, name, email, "192.0.2.10") { ProvedAt = DateTimeOffset.MaxValue };
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (Beside is not null) await Beside.DisposeAsync();
        Logs.Dispose();
        if (Directory.Exists(DataDirectory)) Directory.Delete(DataDirectory, recursive: true);
        if (!_ownsDatabase) return;
        Http.Dispose();
        await Database.DisposeAsync();
    }

    /// <summary>What it is configured with, for a node in another process.</summary>
    public Dictionary<string, string?> Configuration()
    {
        var all = new Dictionary<string, string?>
        {
            ["Portal:PublicUrl"] = PublicUrl,
            ["Portal:DataDirectory"] = DataDirectory,
            ["Portal:MasterKey"] = Convert.ToBase64String("the master key of these tests !!"u8),
            ["Database:Provider"] = Database.Provider.ToString(),
            ["ConnectionStrings:Portal"] = Database.ConnectionString,
            ["Platforms:RetryPause"] = "00:00:00",
            ["Platforms:Facebook:AppId"] = FacebookAppId,
            ["Platforms:Facebook:AppSecret"] = FacebookAppSecret,
            ["Platforms:Mailchimp:ClientId"] = "mailchimp-client",
            ["Platforms:Mailchimp:ClientSecret"] = "mailchimp-secret",
            ["Platforms:Salesforce:ClientId"] = "salesforce-client",
            ["Platforms:Salesforce:ClientSecret"] = "salesforce-secret",
            ["Platforms:GoogleSheets:ClientId"] = "sheets-client",
            ["Platforms:GoogleSheets:ClientSecret"] = "sheets-secret",
            ["Platforms:HubSpot:ClientId"] = "hubspot-client",
            ["Platforms:HubSpot:ClientSecret"] = "hubspot-secret",
            ["Platforms:GoogleAds:ClientId"] = "ads-client",
            ["Platforms:GoogleAds:ClientSecret"] = "ads-secret",
            ["Platforms:GoogleAds:DeveloperToken"] = "ads-developer-token",
            ["Email:FromAddress"] = "onboarding@portal.example",
        };
        foreach (var (key, value) in _settings) all[key] = value;
        return all;
    }
}
