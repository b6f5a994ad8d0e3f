using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Facebook.Audiences;
using OnboardingPortal.Sandbox.Google;
using OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>A sync that was asked for, and what it reads and fills at the sandbox.</summary>
internal sealed record FailingSync(AudienceSyncId Id, SandboxPerson Person, FacebookAdAccount AdAccount);

/// <summary>One portal for all named failures, with the whole sandbox behind it.</summary>
public sealed class SyncFailureHost : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TestPortal Portal { get; private set; } = null!;

    public RehearsedPlatforms Sandbox { get; private set; } = null!;

    internal SyncService Syncs => Portal.Get<SyncService>();

    public async ValueTask InitializeAsync()
    {
        Portal = await TestPortal.StartAsync(
            DatabaseProvider.Sqlite, RehearsedPlatforms.Settings, services => services.AddSandboxAddresses(), Cancel);
        Portal.Clock.SkipWaits = true; // that platforms ask to be called slowly is no matter here
        Sandbox = await RehearsedPlatforms.StartAsync(Portal, Cancel);
        await SignInAtFacebookAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Portal is not null) await Portal.DisposeAsync();
    }

    /// <summary>The agency's own Facebook user signs in, for the first time or again.</summary>
    public Task SignInAtFacebookAsync() => Portal.Get<AgencyFacebookService>().ConnectAsync(
        Portal.Owner,
        new PlatformSignIn(
            new PlatformAccount(FacebookAgencyAdmin.UserId, FacebookAgencyAdmin.Name, null),
            new PlatformCredentials(Sandbox.Get<FacebookTokens>().IssueForDemo(FacebookAgencyAdmin.Key), null, null, null)),
        FacebookAgencyAdmin.BusinessManagers, Cancel);

    /// <summary>A client's list and ad account, and a sync between them whose plan waits for its turn.</summary>
    internal async Task<FailingSync> ASyncAsync(
        string name, string platform, string person, string list, string adAccount, string? filter)
    {
        var key = new PlatformKey(platform);
        var request = await new RequestBuilder(Portal).For($"{name}@clients.example").Asking(FacebookDefaults.Key, key).SentAsync();
        var client = Value(await Portal.Get<LinkService>().IdentifyAsync(
            request.Token, new Visitor("The client", $"{name}@clients.example"), "198.51.100.7", Cancel));
        var somebody = Sandbox.Person(key, person);
        var account = await Sandbox.ConnectAsync(client, somebody, Cancel);
        var asset = AudienceHost.AccountNamed(adAccount);
        var target = await AnAdAccountAsync(client, asset);
        var address = somebody is AccountPerson { Platform: GoogleApp.SheetsKey } owner ? Spreadsheet.AddressOf(owner) : null;
        var lists = Value(await Syncs.ListsAsync(Portal.Owner, account, address, Cancel));
        var chosen = lists.FirstOrDefault(l => l.Name == list) ?? lists.MaxBy(l => l.Count ?? 0)!;
        var proposal = Value(await Syncs.ProposeAsync(Portal.Owner, account, chosen.Key, filter, Cancel));
        var terms = new SyncTerms(
            account, chosen.Key, chosen.Name, null, target, null, $"People of {name}", proposal.Columns, "DE",
            "They agreed when they signed up for the newsletter.", true, SyncInterval.Manual)
        {
            Filter = filter,
        };
        var troubles = Sandbox.Get<AudienceTroubles>();
        troubles.Mend(asset.Id, isMended: true); // some would refuse to list the audiences that the form looks through
        var id = Value(await Syncs.CreateAsync(Portal.Owner, terms, Cancel));
        troubles.Mend(asset.Id, isMended: false);
        return new FailingSync(id, somebody, asset);
    }

    /// <summary>One round of the engine.</summary>
    internal async Task<SyncView> RoundAsync(AudienceSyncId id)
    {
        await Portal.Get<SyncEngine>().SyncAsync(Cancel);
        return Value(await Syncs.FindAsync(Portal.Owner, id, Cancel));
    }

    /// <summary>Rounds of the engine, the clock going on to when it is due, until no run is under way.</summary>
    internal async Task<SyncView> RestAsync(AudienceSyncId id)
    {
        for (var rounds = 0; rounds < 100; rounds++)
        {
            var view = await RoundAsync(id);
            if (view.Line.Running is null) return view;
            await using var db = Portal.Contexts.Create(Portal.Owner.Agency);
            var row = await db.AudienceSyncs.AsNoTracking().SingleAsync(s => s.Id == id, Cancel);
            var due = row.LeasedUntil > row.DueAt ? row.LeasedUntil : row.DueAt;
            if (due > Portal.Clock.Now) Portal.Clock.Advance(due.Value - Portal.Clock.Now);
        }

        Assert.Fail("The run does not end.");
        return null!;
    }

    internal async Task<SyncView> PlanAsync(AudienceSyncId id)
    {
        Assert.Null(await Syncs.PlanAsync(Portal.Owner, id, Cancel));
        return await RestAsync(id);
    }

    private static T Value<T>(Result<T> result)
    {
        Assert.True(result.Succeeded, $"Refused: {result.Error}");
        return result.Value;
    }

    /// <summary>What a client has shared, at the sandbox and here.</summary>
    private async Task<AssetId> AnAdAccountAsync(ClientCaller client, FacebookAdAccount shared)
    {
        Sandbox.Get<FacebookSharing>().Confirm(shared, FacebookWorld.FindBusiness(FacebookAgencyAdmin.BrightsideAgencyId)!);
        await using var db = Portal.Contexts.Create(client.Agency);
        var connection = new PlatformConnection(
            ConnectionId.New(Portal.Clock), client.Agency, client.Request, client.Participant, FacebookDefaults.Key,
            new PlatformAccount("10215000000000120", "Data sync troubles", null), Portal.Clock.Now);
        var asset = new ConnectedAsset(
            AssetId.New(Portal.Clock), connection, new AssetChoice(AssetKind.AdAccount, shared.Id, shared.Name, null, false),
            Portal.Clock.Now);
        asset.Become(AssetState.Shared, Portal.Clock.Now);
        db.Connections.Add(connection);
        db.Assets.Add(asset);
        await db.SaveChangesAsync(Cancel);
        return asset.Id;
    }
}
