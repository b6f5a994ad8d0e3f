using System.Collections.Concurrent;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Mails;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.ActiveCampaign;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.Google;
using OnboardingPortal.Sandbox.OAuth;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>A call as it arrived at a stand-in.</summary>
public sealed record ContactCall(string Method, string Path, IReadOnlyDictionary<string, string> Query, string Token, DateTimeOffset At);

/// <summary>
/// The stand-in platforms in this process, called over real HTTP by the portal's own clients and sources. One host serves all tests of
/// sources; its clock stands still, and whoever waits is let go at once.
/// </summary>
public sealed class ContactHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contacts-test-").FullName;
    private readonly ConcurrentQueue<ContactCall> _calls = new();
    private readonly ConcurrentDictionary<string, string> _spreadsheets = new();
    private WebApplication _app = null!;

    public FakeTime Clock { get; } = new() { SkipWaits = true };

    /// <summary>Every source; one that needs an address is given that of the account's own spreadsheet.</summary>
    public IReadOnlyList<IContactSource> Sources =>
        [.. _app.Services.GetServices<IContactSource>().Select(s => s.NeedsAddress ? new AddressedSource(s, _spreadsheets) : s)];

    public IReadOnlyList<ContactCall> Calls => [.. _calls];

    public SandboxContactLists Lists => Get<SandboxContactLists>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public IContactSource Source(PlatformKey platform) => Sources.Single(s => s.Platform == platform);

    public void Forget() => _calls.Clear();

    public IStandIn StandIn(PlatformKey platform) => Get<StandIns>().Find(platform.Value)!;

    /// <summary>A test person by name; null when the platform has none of that name.</summary>
    public SandboxPerson? Person(PlatformKey platform, string name) => StandIn(platform).People.FirstOrDefault(p => p.Name == name);

    /// <summary>Connects somebody's account as the wizard does, without the pages in between.</summary>
    public async Task<PlatformCredentials> ConnectAsync(SandboxPerson person, CancellationToken cancellationToken)
    {
        var client = _app.Services.GetServices<IPlatformClient>().Single(c => c.Descriptor.Key.Value == person.Platform);
        var signIn = client is IKeyPlatform keys
            ? await keys.ConnectAsync(
                $"{Listening}{ActiveCampaignApp.Path[1..]}/{person.Key}", Get<ActiveCampaignKeys>().Of((AccountPerson)person),
                cancellationToken)
            : await SignInAsync((ISignInPlatform)client, person, cancellationToken);
        Assert.True(signIn.Succeeded, $"{person.Platform}: {signIn.Error}");
        if (person is AccountPerson account)
            _spreadsheets[signIn.Value.Credentials.AccessToken] = Spreadsheet.AddressOf(account);
        return signIn.Value.Credentials;
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "OnboardingPortal.App",
            ContentRootPath = _folder,
            EnvironmentName = "Development",
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platforms:Sandbox"] = "true",
            ["Platforms:RetryPause"] = "00:00:00",
            ["Portal:DataDirectory"] = _folder,
            ["Portal:MasterKey"] = Convert.ToBase64String("the master key of these tests !!"u8),
            ["ConnectionStrings:Portal"] = $"Data Source={Path.Combine(_folder, "none.db")}",
            ["Email:FromAddress"] = "onboarding@portal.example",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddLocalization();
        builder.Services.AddPortalCore().AddMails();
        builder.Services.AddSandbox(builder.Configuration);
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            var request = context.Request;
            _calls.Enqueue(new ContactCall(
                request.Method, request.Path, request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
                request.Headers.Authorization.ToString(), Clock.Now));
            return next(context);
        });
        _app.MapSandbox();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync(); // null when it did not start
        Directory.Delete(_folder, recursive: true);
    }

    private Uri Listening => Get<PortalAddress>().Listening;

    private Task<Result<PlatformSignIn>> SignInAsync(ISignInPlatform client, SandboxPerson person, CancellationToken cancellationToken)
    {
        var call = new AuthorizeCall(ConnectPurpose.Client, "the-state", new Uri(Listening, "connect/callback"), CodeVerifier: "none");
        var granted = new AuthorizeRequest(
            call.RedirectAddress.AbsoluteUri, call.State, [.. ((OAuthStandIn)StandIn(client.Descriptor.Key)).ScopeWords.Keys])
        { AsksForOffline = true };
        return client.SignInAsync(Get<SandboxSignIns>().IssueCode(person.Platform, person.Key, granted), call, cancellationToken);
    }
}

[CollectionDefinition(ContactTest.Collection)]
public sealed class SharedContactHost : ICollectionFixture<ContactHost>;

/// <summary>A test of sources of people at the stand-ins.</summary>
[Collection(Collection)]
public abstract class ContactTest(ContactHost host)
{
    public const string Collection = "contacts";
    private const int TooManyPages = 200;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ContactHost Host => host;

    protected static T Value<T>(Result<T> result)
    {
        Assert.True(result.Succeeded, $"Refused: {result.Error}");
        return result.Value;
    }

    protected static PlatformFailure Failed<T>(Result<T> result) => Assert.IsType<PlatformFailure>(result.Error);

    /// <summary>The list of that name; the biggest one where the platform has other names.</summary>
    protected static async Task<ContactList> ListAsync(IContactSource source, PlatformCredentials credentials, string name)
    {
        var lists = Value(await source.ListAsync(credentials, Cancel));
        return lists.FirstOrDefault(l => l.Name == name) ?? lists.MaxBy(l => l.Count ?? 0)!;
    }

    /// <summary>Everything that the list keeps of its people.</summary>
    protected static async Task<ContactSelection> WholeAsync(IContactSource source, PlatformCredentials credentials, string list) =>
        new(list, Value(await source.FieldsAsync(credentials, list, Cancel)));

    /// <summary>Reads on from a cursor to the end.</summary>
    protected static async Task<List<Contact>> ReadAsync(
        IContactSource source, PlatformCredentials credentials, ContactSelection selection, string? cursor = null,
        Func<int, Task>? afterPage = null)
    {
        var people = new List<Contact>();
        for (var page = 1; page <= TooManyPages; page++)
        {
            var read = Value(await source.ReadAsync(credentials, selection, cursor, Cancel));
            people.AddRange(read.People);
            if (read.Next is null) return people;
            cursor = read.Next;
            if (afterPage is not null) await afterPage(page);
        }

        throw new InvalidOperationException($"{source.Platform} does not come to an end.");
    }
}
