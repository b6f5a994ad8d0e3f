using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Facebook.Audiences;
using OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync.Kills;

/// <summary>A sync of a portal of its own that was asked to run, and what has to come of it, however often its node is killed.</summary>
internal sealed class KilledSync(DatabaseProvider database, KillMode mode, int number, AudienceHost sandbox) : SyncTest(database)
{
    /// <summary>The people of a batch: few, so that few people are many batches.</summary>
    public new const int Rows = 5;

    public const int MaxChanges = 1000;

    private const int Known = 200;
    private AudienceSyncId _id;

    public KillableSync Told => new(
        $"{mode} on {Portal.Database.Provider}", mode, Portal.Configuration(), _id.Value, [.. List.People]);

    private static string AdAccountId => AudienceHost.AdAccount("Works");

    private string AudienceName => $"List {number}";

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Platforms:Facebook:AppId"] = FacebookApp.Id,
        ["Platforms:Facebook:AppSecret"] = FacebookApp.Secret,
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Clock.SetUtcNow(sandbox.Clock.Now);
        Http.Graph = new SandboxGraph(sandbox.Address, Clock).AnswerAsync;
        var signIn = new PlatformSignIn(
            new PlatformAccount("10215000000000099", "Agency admin", null),
            new PlatformCredentials(sandbox.Token.Value, null, Clock.Now.AddDays(60), null));
        await Portal.Get<AgencyFacebookService>().ConnectAsync(Owner, signIn, [RequestBuilder.Business], Cancel);
        var adAccount = await AnAdAccount(Baker, AdAccountId);
        var first = number * 1000;
        Fill(mode == KillMode.FirstFill ? 60 : Known, first);
        var terms = Terms() with { AdAccount = adAccount, AudienceName = AudienceName };
        _id = Value(await Syncs.CreateAsync(Owner, terms, Cancel));
        await RestAsync(_id);
        if (mode != KillMode.FirstFill) await RunAsync(_id);
        Change(first + Known);
        Assert.Null(await Syncs.RunAsync(Owner, _id, Cancel));
    }

    /// <summary>What the list has to tell beyond what the audience holds; less than would be replaced.</summary>
    private void Change(int next)
    {
        if (mode == KillMode.FirstFill)
        {
            List.People.Add(Person(next, isOut: true));
            return;
        }

        List.People.RemoveRange(0, mode == KillMode.Removal ? 26 : 3);
        for (var i = 0; i < 3; i++) List.People[i] = List.People[i] with { IsOut = true };
        if (mode == KillMode.Removal) return;
        for (var i = 3; i < 15; i++) List.People[i] = List.People[i] with { Name = $"Another name {i}" };
        Fill(12, next);
    }

    protected override void Register(IServiceCollection services)
    {
        base.Register(services);
        services.AddSingleton(new SyncLimits(100, MaxChanges)); // what is there before the test begins goes in few batches
    }

    /// <summary>The audience holds whom the list holds, the portal knows it, and nothing is left of what was on its way.</summary>
    public async Task AssertHoldsAsync()
    {
        Clock.SetUtcNow(sandbox.Clock.Now);
        var audience = Assert.Single(sandbox.Members.Audiences(AdAccountId), a => a.Name == AudienceName);
        var wanted = Wanted();
        Assert.Equal(
            AudienceMembers.KeysOf(["EMAIL"], wanted.Select(hash => new[] { hash })).Order(), sandbox.Members.Of(audience.Id));

        var view = await ViewAsync(_id);
        Assert.Null(view.Line.Running);
        Assert.Null(view.Line.Problem);
        Assert.Equal(wanted.Count, view.Line.People);
        Assert.Equal(mode == KillMode.FirstFill ? 2 : 3, view.Runs.Count); // it was one run, through all its nodes' lives
        Assert.All(view.Runs, run => Assert.Equal(SyncRunState.Done, run.State));
        var batches = (await BatchesAsync()).Where(b => b.RunId == view.Runs[0].Id).ToList();
        Assert.Equal(batches.Count, batches.DistinctBy(b => (b.Session, b.Sequence)).Count());
        Assert.All(batches, b => Assert.Null(b.Entries));
        Assert.DoesNotContain(batches, b => b.State == SyncBatchState.Sending && b.Action != SyncAction.Replace);
        Assert.Equal(Actions(), batches.Select(b => b.Action).Distinct().Order());
        var plan = (await PlanAsync(_id)).Plan!.Counts;
        Assert.Equal((0, 0, wanted.Count), (plan.Added, plan.Removed, plan.Unchanged)); // the roster is what the audience is
    }

    private SyncAction[] Actions() => mode switch
    {
        KillMode.FirstFill => [SyncAction.Replace, SyncAction.Everywhere],
        KillMode.Difference => [SyncAction.Add, SyncAction.Remove, SyncAction.Everywhere],
        _ => [SyncAction.Remove, SyncAction.Everywhere],
    };
}
