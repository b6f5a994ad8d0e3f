using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>What a sync does over time: schedules, pauses, trouble, and going on by itself.</summary>
public abstract class SyncLifeTests(DatabaseProvider database) : SyncTest(database)
{
    [Fact]
    public async Task It_runs_by_itself_when_its_time_comes()
    {
        Fill(30);
        var id = await ASync(SyncInterval.Hourly);
        List.People.RemoveAt(0);
        var view = await ViewAsync(id);
        Assert.Equal(Clock.Now + TimeSpan.FromHours(1), view.Line.NextRunAt);

        await RoundAsync();
        Assert.Equal(30, Audience.People.Count);
        Clock.Advance(TimeSpan.FromHours(1));
        view = await RestAsync(id);

        AssertHolds();
        Assert.Null(view.Runs[0].By);
        Assert.Equal(Clock.Now + TimeSpan.FromHours(1), view.Line.NextRunAt);
    }

    [Fact]
    public async Task A_paused_one_does_not_until_it_is_resumed()
    {
        Fill(30);
        var id = await ASync(SyncInterval.Daily);
        Assert.Null(await Syncs.PauseAsync(Owner, id, Cancel));
        List.People.RemoveAt(0);

        Clock.Advance(TimeSpan.FromDays(3));
        await RoundAsync();
        var view = await ViewAsync(id);
        Assert.Equal((SyncState.Paused, null, 30), (view.Line.State, view.Line.NextRunAt, Audience.People.Count));

        Assert.Null(await Syncs.ResumeAsync(Owner, id, Cancel));
        await RestAsync(id);
        AssertHolds();
    }

    [Fact]
    public async Task A_run_that_is_cancelled_ends_after_its_batch_and_the_next_one_mends_it()
    {
        Fill(45);
        var id = await APlannedSync();
        Graph.Done = async call =>
        {
            if (AudienceStub.IsWrite(call)) Assert.Null(await Syncs.CancelAsync(Owner, id, Cancel));
        };

        var view = await RunAsync(id);

        Assert.Equal((SyncRunState.Cancelled, 1), (view.Runs[0].State, view.Runs[0].Calls));
        Assert.Single(await BatchesAsync());
        Assert.IsType<SyncNotRunning>(await Syncs.CancelAsync(Owner, id, Cancel));

        Graph.Done = _ => Task.CompletedTask;
        Audience.RunOut(); // Facebook waits 90 minutes for the rest of a session
        await RunAsync(id);
        AssertHolds();
    }

    [Fact]
    public async Task A_lost_account_is_waited_for_and_the_sync_goes_on_at_once_after_the_reconnect()
    {
        Fill(30);
        var id = await ASync(SyncInterval.Hourly);
        List.People.RemoveAt(0);
        Platform.Trouble = PlatformFailureKind.AuthExpired;
        List.Trouble = _ => new PlatformFailure(MadeUpPlatform.Key, PlatformFailureKind.AuthExpired);
        Clock.Advance(TimeSpan.FromHours(1));
        var view = await RestAsync(id);
        Assert.Equal((SyncState.Waiting, SyncProblem.SourceSignInOver), (view.Line.State, view.Line.Problem));
        Assert.NotNull(view.ProblemSince);

        (Platform.Trouble, List.Trouble) = (null, _ => null);
        Clock.Advance(TimeSpan.FromSeconds(10));
        var signIn = new PlatformSignIn(new PlatformAccount("crm-1", "Bakery CRM", null), Platform.Issue(TimeSpan.FromDays(3000)));
        Value(await Portal.Get<ClientAccounts>().AttachAsync(Baker, MadeUpPlatform.Key, signIn, Cancel));
        view = await RestAsync(id);

        AssertHolds();
        Assert.Equal((SyncState.Active, null), (view.Line.State, view.Line.Problem));
    }

    [Fact]
    public async Task A_client_whose_request_is_completed_mends_it_by_signing_in_to_the_same_account_by_a_later_one()
    {
        Fill(30);
        var id = await ASync(SyncInterval.Hourly);
        Assert.Null(await Wizard.CompleteAsync(Baker, Cancel));
        List.People.RemoveAt(0);
        (Platform.Trouble, List.Trouble) =
            (PlatformFailureKind.AuthExpired, _ => new PlatformFailure(MadeUpPlatform.Key, PlatformFailureKind.AuthExpired));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await RestAsync(id)).IsRequestOver);

        (Platform.Trouble, List.Trouble) = (null, _ => null);
        Clock.Advance(TimeSpan.FromSeconds(10));
        await ACrm(await AParticipant(await ARequest().For("hello@garage.example").Asking(MadeUpPlatform.Key).SentAsync()), "crm-1");
        await RoundAsync();
        Assert.Equal(SyncProblem.SourceSignInOver, (await ViewAsync(id)).Line.Problem); // another client's
        var later = await ARequest().Asking(MadeUpPlatform.Key).SentAsync();
        var account = await ACrm(await AParticipant(later), "crm-1");
        var view = await RestAsync(id);

        AssertHolds();
        Assert.Equal((SyncState.Active, null), (view.Line.State, view.Line.Problem));
        Assert.Equal((later.Id, account), (view.Request, view.Account));
    }

    [Fact]
    public async Task A_lost_ad_account_is_waited_for_without_a_line_of_history_each_time()
    {
        Fill(30);
        var id = await ASync(SyncInterval.Hourly);
        await BecomeAsync(AssetState.Lost);
        Clock.Advance(TimeSpan.FromHours(1));
        var view = await RestAsync(id);
        Assert.Equal((SyncState.Waiting, SyncProblem.AdAccountLost), (view.Line.State, view.Line.Problem));
        var runs = view.Runs.Count;

        Clock.Advance(TimeSpan.FromDays(1));
        await RoundAsync();
        Assert.Equal(runs, (await ViewAsync(id)).Runs.Count);

        List.People.RemoveAt(0);
        await BecomeAsync(AssetState.Shared);
        await RestAsync(id);
        AssertHolds();
    }

    [Fact]
    public async Task Terms_that_were_not_accepted_are_named_before_anything_is_read_and_tried_again()
    {
        Fill(30);
        Graph.Terms = 0;
        var id = Value(await Syncs.CreateAsync(Owner, Terms(), Cancel));
        var view = await RestAsync(id);
        Assert.Equal((SyncState.New, SyncProblem.TermsNotAccepted, 0), (view.Line.State, view.Line.Problem, List.Pages));
        Clock.Advance(TimeSpan.FromMinutes(10));
        await RestAsync(id);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
            Assert.Equal(1, await db.EmailMessages.CountAsync(m => m.Kind == EmailKind.SyncFailed, Cancel)); // once a problem

        Graph.Terms = 1;
        Clock.Advance(TimeSpan.FromMinutes(20));
        view = await RestAsync(id);
        Assert.Null(view.Line.Problem);
        Assert.NotNull(view.Plan);
    }

    [Fact]
    public async Task A_flagged_audience_gets_another_name_and_is_tried_again()
    {
        Fill(30);
        var id = await ASync();
        Audience.Flag = 471;
        List.People.RemoveAt(0);
        var view = await RunAsync(id);
        Assert.Equal((SyncProblem.AudienceFlagged, "name"), (view.Line.Problem, view.ProblemDetail));

        Assert.Null(await Syncs.RenameAudienceAsync(Owner, id, "List two", Cancel));
        view = await RestAsync(id);

        AssertHolds();
        Assert.Equal(("List two", "List two", null), (Audience.Name, view.Line.AudienceName, view.Line.Problem));
    }

    [Fact]
    public async Task A_platform_that_is_busy_is_come_back_to_and_what_was_read_is_not_read_again()
    {
        Fill(40);
        List.Pause = TimeSpan.FromMinutes(2);
        var begun = Clock.Now;
        var id = await APlannedSync();
        Assert.Equal((int)Math.Ceiling(40 / 7.0), List.Pages);
        Assert.Equal(TimeSpan.FromMinutes(10), Clock.Now - begun);

        await RunAsync(id);
        AssertHolds();
        Assert.Equal(12, List.Pages);
    }

    [Fact]
    public async Task The_ad_accounts_limit_is_waited_for_and_told()
    {
        Fill(45);
        var id = await APlannedSync();
        var refused = 0;
        Graph.Refuses = call => AudienceStub.IsWrite(call) && refused++ < 2 ? AudienceStub.Error(80003) : null;
        Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
        await RoundAsync();
        var waiting = await ViewAsync(id);
        Assert.Equal(SyncProblem.Quota, waiting.Line.Problem);
        Assert.NotNull(waiting.Line.Running);

        var view = await RestAsync(id);

        AssertHolds();
        Assert.Equal((SyncRunState.Done, null), (view.Runs[0].State, view.Line.Problem));
    }

    [Fact]
    public async Task Lost_answers_and_passing_trouble_lose_nobody()
    {
        Fill(45);
        var id = await APlannedSync();
        var calls = 0;
        Graph.Arrives = _ => calls++ % 5 == 1 ? throw new HttpRequestException("It did not arrive.") : Task.CompletedTask;
        Graph.Done = _ => calls % 3 == 1 ? throw new HttpRequestException("The answer was lost.") : Task.CompletedTask;

        await RunAsync(id);
        (Graph.Arrives, Graph.Done) = (_ => Task.CompletedTask, _ => Task.CompletedTask);
        if ((await ViewAsync(id)).Line.Problem is not null) Audience.RunOut();
        await RunAsync(id);

        AssertHolds();
        var batches = await BatchesAsync();
        Assert.Equal(batches.Count, batches.DistinctBy(b => (b.Session, b.Sequence)).Count());
    }

    [Fact]
    public async Task A_column_that_is_gone_is_named()
    {
        Fill(5);
        List.Trouble = _ => new ContactFieldsGone(["Email"], AreRenamed: true);
        var id = Value(await Syncs.CreateAsync(Owner, Terms(), Cancel));

        var view = await RestAsync(id);

        Assert.Equal((SyncProblem.HeaderRenamed, "Email"), (view.Line.Problem, view.ProblemDetail));
    }

    private async Task BecomeAsync(AssetState state)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var asset = await db.Assets.SingleAsync(a => a.Id == AdAccount, Cancel);
        asset.Become(state, Clock.Now);
        await db.SaveChangesAsync(Cancel);
    }
}

public sealed class SyncLifeTestsOnSqlite() : SyncLifeTests(DatabaseProvider.Sqlite);

public sealed class SyncLifeTestsOnPostgres() : SyncLifeTests(DatabaseProvider.Postgres);
