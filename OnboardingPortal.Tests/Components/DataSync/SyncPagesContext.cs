using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Tests.Core.DataSync;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.DataSync;

/// <summary>The pages of data sync over the real service: a client granted a list and an ad account, both in memory.</summary>
public abstract class SyncPagesContext : PortalContext
{
    private MadeUpPlatform? _platform;

    private protected const string Client = "hello@bakery.example";

    private protected ListStub List { get; } = new();

    private protected AudienceStub Graph { get; private set; } = null!;

    private protected ConnectionId Account { get; private set; }

    private protected AssetId AdAccount { get; private set; }

    private protected GivenRequest Request { get; private set; } = null!;

    private protected SyncService Syncs => Portal.Get<SyncService>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Graph = new AudienceStub(Http, Clock);
        for (var i = 0; i < 12; i++) List.People.Add(new ListedPerson($"c{i}", $"person{i}@list.example", $"Person {i}"));
        Request = await ARequest().For(Client).Asking(Facebook, MadeUpPlatform.Key).SentAsync();
        var baker = await AParticipant(Request);
        Account = Value(await Portal.Get<ClientAccounts>().AttachAsync(
            baker, MadeUpPlatform.Key,
            new PlatformSignIn(new PlatformAccount("crm-1", "Bakery CRM", null), _platform!.Issue(TimeSpan.FromDays(3000))), Cancel));
        AdAccount = await AnAdAccountAsync(baker);
    }

    protected override void Register(IServiceCollection services)
    {
        services.AddSingleton<IPlatformClient>(
            provider => _platform ??= new MadeUpPlatform(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IContactSource>(List);
    }

    /// <summary>A sync whose plan waits for its turn.</summary>
    private protected async Task<AudienceSyncId> ANewSyncAsync() => Value(await Syncs.CreateAsync(
        Owner,
        new SyncTerms(
            Account, "list-1", "Newsletter", null, AdAccount, null, "Contacts 1", [new("email", "Email", MatchKey.Email)], null,
            "They agreed when they signed up.", true, SyncInterval.Manual), Cancel));

    private protected async Task<AudienceSyncId> APlannedSyncAsync()
    {
        var id = await ANewSyncAsync();
        await RestAsync(id);
        return id;
    }

    /// <summary>Rounds of the engine until no run is under way.</summary>
    private protected async Task RestAsync(AudienceSyncId id)
    {
        for (var rounds = 0; rounds < 100; rounds++)
        {
            await Portal.Get<SyncEngine>().SyncAsync(Cancel);
            if (Value(await Syncs.FindAsync(Owner, id, Cancel)).Line.Running is null) return;
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Fail("The run does not end.");
    }

    private async Task<AssetId> AnAdAccountAsync(ClientCaller client)
    {
        await using var db = Portal.Contexts.Create(client.Agency);
        var connection = new PlatformConnection(
            ConnectionId.New(Clock), client.Agency, client.Request, client.Participant, Facebook,
            new PlatformAccount("1001", "A page admin", null), Clock.Now);
        var asset = new ConnectedAsset(
            AssetId.New(Clock), connection, new AssetChoice(AssetKind.AdAccount, AudienceStub.Account, "Bakery ads", null, false),
            Clock.Now);
        asset.Become(AssetState.Shared, Clock.Now);
        db.Connections.Add(connection);
        db.Assets.Add(asset);
        await db.SaveChangesAsync(Cancel);
        return asset.Id;
    }
}
