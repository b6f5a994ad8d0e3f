using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>A client who granted a CRM account and an ad account in one request, with batches of ten people so that few are many.</summary>
public abstract class SyncTest(DatabaseProvider database) : PortalTest(database)
{
    private MadeUpPlatform? _platform;

    private protected const int Rows = 10;

    private protected ListStub List { get; } = new();

    private protected AudienceStub Graph { get; private set; } = null!;

    private protected GivenRequest Request { get; private set; } = null!;

    private protected ClientCaller Baker { get; private set; } = null!;

    private protected ConnectionId Account { get; private set; }

    private protected AssetId AdAccount { get; private set; }

    private protected SyncService Syncs => Portal.Get<SyncService>();

    private protected StubAudience Audience => Assert.Single(Graph.Audiences.Values);

    private protected MadeUpPlatform Platform => _platform!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Graph = new AudienceStub(Http, Clock);
        Request = await ARequest().Asking(Facebook, MadeUpPlatform.Key).SentAsync();
        Baker = await AParticipant(Request);
        Account = await ACrm(Baker, "crm-1");
        AdAccount = await AnAdAccount(Baker, AudienceStub.Account);
    }

    protected override void Register(IServiceCollection services)
    {
        services.AddSingleton<IPlatformClient>(
            provider => _platform ??= new MadeUpPlatform(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IContactSource>(List).AddSingleton(new SyncLimits(Rows, 1000));
    }

    private protected async Task<ConnectionId> ACrm(ClientCaller client, string id)
    {
        var credentials = Platform.Issue(TimeSpan.FromDays(3000));
        return Value(await Portal.Get<ClientAccounts>().AttachAsync(
            client, MadeUpPlatform.Key, new PlatformSignIn(new PlatformAccount(id, "Bakery CRM", null), credentials), Cancel));
    }

    private protected async Task<AssetId> AnAdAccount(ClientCaller client, string id)
    {
        await using var db = Portal.Contexts.Create(client.Agency);
        var connection = new PlatformConnection(
            ConnectionId.New(Clock), client.Agency, client.Request, client.Participant, Facebook,
            new PlatformAccount($"user of {id}", "A page admin", null), Clock.Now);
        var asset = new ConnectedAsset(
            AssetId.New(Clock), connection, new AssetChoice(AssetKind.AdAccount, id, "Bakery ads", null, false), Clock.Now);
        asset.Become(AssetState.Shared, Clock.Now);
        db.Connections.Add(connection);
        db.Assets.Add(asset);
        await db.SaveChangesAsync(Cancel);
        return asset.Id;
    }

    private protected SyncTerms Terms(SyncInterval every = SyncInterval.Manual) => new(
        Account, "list-1", "Newsletter", null, AdAccount, null, "CRM list 1",
        [new("email", "Email", MatchKey.Email), new("name", "First name", MatchKey.FirstName)], null,
        "They agreed when they signed up for the newsletter.", true, every);

    /// <summary>People of the list, by number.</summary>
    private protected void Fill(int count, int from = 0)
    {
        for (var i = from; i < from + count; i++) List.People.Add(Person(i));
    }

    private protected static ListedPerson Person(int i, bool isOut = false) =>
        new($"c{i}", $"person{i}@bakery.example", $"Person {i}", isOut);

    /// <summary>A sync whose plan was made.</summary>
    private protected async Task<AudienceSyncId> APlannedSync(SyncInterval every = SyncInterval.Manual)
    {
        var id = Value(await Syncs.CreateAsync(Owner, Terms(every), Cancel));
        await RestAsync(id);
        return id;
    }

    /// <summary>A sync that ran once.</summary>
    private protected async Task<AudienceSyncId> ASync(SyncInterval every = SyncInterval.Manual)
    {
        var id = await APlannedSync(every);
        await RunAsync(id);
        return id;
    }

    private protected async Task<SyncView> RunAsync(AudienceSyncId id)
    {
        Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
        return await RestAsync(id);
    }

    private protected async Task<SyncView> PlanAsync(AudienceSyncId id)
    {
        Assert.Null(await Syncs.PlanAsync(Owner, id, Cancel));
        return await RestAsync(id);
    }

    /// <summary>One round of the engine.</summary>
    private protected Task<int> RoundAsync() => Portal.Get<SyncEngine>().SyncAsync(Cancel);

    /// <summary>Rounds of the engine, the clock going on to when it is due, until no run is under way.</summary>
    private protected async Task<SyncView> RestAsync(AudienceSyncId id, TestPortal? node = null)
    {
        for (var rounds = 0; rounds < 300; rounds++)
        {
            await (node ?? Portal).Get<SyncEngine>().SyncAsync(Cancel);
            var view = await ViewAsync(id);
            if (view.Line.Running is null) return view;
            await using var db = Portal.Contexts.Create(Owner.Agency);
            var row = await db.AudienceSyncs.AsNoTracking().SingleAsync(s => s.Id == id, Cancel);
            var due = row.LeasedUntil > row.DueAt ? row.LeasedUntil : row.DueAt;
            if (due > Clock.Now) Clock.Advance(due.Value - Clock.Now);
            await using var resting = Portal.Contexts.Create(Owner.Agency);
            if (await resting.RestingItems.AnyAsync(Cancel)) Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Fail("The run does not end.");
        return null!;
    }

    private protected async Task<SyncView> ViewAsync(AudienceSyncId id) => Value(await Syncs.FindAsync(Owner, id, Cancel));

    private protected async Task<List<SyncBatch>> BatchesAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return await db.SyncBatches.AsNoTracking().OrderBy(b => b.SentAt).ThenBy(b => b.Session).ThenBy(b => b.Sequence)
            .ToListAsync(Cancel);
    }

    /// <summary>Who of the list has to be in the audience.</summary>
    private protected HashSet<string> Wanted()
    {
        var opted = List.People.Where(p => p.IsOut).Select(p => p.Email).ToHashSet();
        return [.. List.People.Where(p => p.Email is not null && !opted.Contains(p.Email)).Select(p => Hash(p.Email!))];
    }

    private protected static string Hash(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email)));

    private protected void AssertHolds()
    {
        Assert.Equal(Wanted().Order(), Audience.People.Order());
        Assert.Empty(Graph.Sins);
    }
}
