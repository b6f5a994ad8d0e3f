using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract partial class TenantIsolationTests
{
    private static readonly AssetId TheirAdAccount = AssetId.From(77);
    private AudienceSyncId _sync;

    private SyncService Syncs => Portal.Get<SyncService>();

    private Dictionary<string, Func<Task>> SyncCases => new()
    {
        ["SyncService.ListAsync"] = async () =>
        {
            Assert.Empty(await Syncs.ListAsync(Stranger, Cancel));
            Assert.Empty((await Syncs.ListAsync(Stranger, null, 100, Cancel)).Lines);
        },
        ["SyncService.ListWaitingAsync"] = async () => Assert.Empty(await Syncs.ListWaitingAsync(Stranger, Cancel)),
        ["SyncService.FindAsync"] = async () => Refused<SyncNotFound>(await Syncs.FindAsync(Stranger, _sync, Cancel)),
        ["SyncService.RunsAsync"] = async () =>
            Refused<SyncNotFound>(await Syncs.RunsAsync(Stranger, _sync, SyncRunId.From(long.MaxValue), Cancel)),
        ["SyncService.SourcesAsync"] = async () => Assert.Empty(await Syncs.SourcesAsync(Stranger, Cancel)),
        ["SyncService.ListsAsync"] = async () => Refused<ConnectionNotFound>(await Syncs.ListsAsync(Stranger, _account, null, Cancel)),
        ["SyncService.TargetsAsync"] = async () => Refused<ConnectionNotFound>(await Syncs.TargetsAsync(Stranger, _account, Cancel)),
        ["SyncService.AudiencesAsync"] = async () =>
            Refused<ConnectionNotFound>(await Syncs.AudiencesAsync(Stranger, TheirAdAccount, Cancel)),
        ["SyncService.ProposeAsync"] = async () =>
            Refused<ConnectionNotFound>(await Syncs.ProposeAsync(Stranger, _account, "list", null, Cancel)),
        ["SyncService.CreateAsync"] = async () => Refused<SyncPairRefused>(await Syncs.CreateAsync(Stranger, TheirTerms(), Cancel)),
        ["SyncService.ChangeColumnsAsync"] = async () =>
            Assert.IsType<SyncNotFound>(await Syncs.ChangeColumnsAsync(Stranger, _sync, TheirTerms().Columns, null, Cancel)),
        ["SyncService.FilterFieldsAsync"] = async () =>
            Refused<ConnectionNotFound>(await Syncs.FilterFieldsAsync(Stranger, _account, "list", Cancel)),
        ["SyncService.ChangeFilterAsync"] = async () =>
            Assert.IsType<SyncNotFound>(await Syncs.ChangeFilterAsync(Stranger, _sync, null, Cancel)),
        ["SyncService.ScheduleAsync"] = async () =>
            Assert.IsType<SyncNotFound>(await Syncs.ScheduleAsync(Stranger, _sync, SyncInterval.Hourly, Cancel)),
        ["SyncService.PlanAsync"] = async () => Assert.IsType<SyncNotFound>(await Syncs.PlanAsync(Stranger, _sync, Cancel)),
        ["SyncService.RunAsync"] = async () => Assert.IsType<SyncNotFound>(await Syncs.RunAsync(Stranger, _sync, Cancel)),
        ["SyncService.CancelAsync"] = async () => Assert.IsType<SyncNotFound>(await Syncs.CancelAsync(Stranger, _sync, Cancel)),
        ["SyncService.PauseAsync"] = async () => Assert.IsType<SyncNotFound>(await Syncs.PauseAsync(Stranger, _sync, Cancel)),
        ["SyncService.ResumeAsync"] = async () => Assert.IsType<SyncNotFound>(await Syncs.ResumeAsync(Stranger, _sync, Cancel)),
        ["SyncService.RenameAudienceAsync"] = async () =>
            Assert.IsType<SyncNotFound>(await Syncs.RenameAudienceAsync(Stranger, _sync, "Mine", Cancel)),
        ["SyncService.DeleteAsync"] = async () => Assert.IsType<SyncNotFound>(await Syncs.DeleteAsync(Stranger, _sync, true, Cancel)),
        ["SyncService.OfClientAsync"] = async () => Assert.Empty(await Syncs.OfClientAsync(_forged, Cancel)),
        ["SyncFeed.Subscribe"] = async () =>
        {
            var told = new TaskCompletionSource<AudienceSyncId?>();
            var feed = Portal.Get<SyncFeed>();
            using var mine = feed.Subscribe(Stranger, told.SetResult);
            feed.Publish(Owner.Agency, _sync);
            feed.Publish(Stranger.Agency, null);
            Assert.Null(await told.Task.WaitAsync(Cancel));
        },
    };

    private SyncTerms TheirTerms() => new(
        _account, "list", "Ours", null, TheirAdAccount, null, "Ours", [new SyncColumn("email", "Email", MatchKey.Email)], null,
        "They agreed to it when they signed up.", true, SyncInterval.Manual);

    /// <summary>A sync of Brightside's, paused, so that nothing of it runs.</summary>
    private async Task<AudienceSyncId> ASyncAsync()
    {
        var id = AudienceSyncId.New(Clock);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        db.AudienceSyncs.Add(new AudienceSync(
            id, Owner, TheirTerms(), new SyncPair(_theirs.Id, Mailchimp, _theirs.Id, "act_77"), "Ours", [1], Clock.Now));
        await db.SaveChangesAsync(Cancel);
        return id;
    }
}
