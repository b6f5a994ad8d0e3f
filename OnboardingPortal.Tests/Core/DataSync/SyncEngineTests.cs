using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>From a plan to an audience that holds whom the list holds.</summary>
public abstract class SyncEngineTests(DatabaseProvider database) : SyncTest(database)
{
    [Fact]
    public async Task The_first_plan_tells_what_would_be_sent_and_nothing_leaves()
    {
        Fill(23);
        List.People.Add(new ListedPerson("no-address", "nobody", null));
        List.People.Add(Person(100, isOut: true));
        List.People.Add(Person(3) with { Id = "again" });

        var view = await ViewAsync(await APlannedSync());

        Assert.Equal(SyncState.New, view.Line.State);
        Assert.Equal((SyncRunKind.Plan, SyncRunState.Done), (view.Plan!.Kind, view.Plan.State));
        var counts = view.Plan.Counts;
        Assert.Equal((26, 23, 1, 23, 0), (counts.Read, counts.Valid, counts.OptedOut, counts.Added, counts.Removed));
        Assert.Equal(1, counts.Skipped[SkipReason.NobodyToFind]);
        Assert.Equal(1, counts.Skipped[SkipReason.Duplicate]);
        Assert.Equal(5, view.Plan.Calls); // the audience, three batches, those who opted out
        Assert.NotNull(view.Plan.Takes);
        Assert.Empty(Graph.Audiences);
    }

    [Fact]
    public async Task The_first_run_replaces_and_its_hash_is_the_plans()
    {
        Fill(23);
        var id = await APlannedSync();

        var view = await RunAsync(id);

        AssertHolds();
        Assert.Equal((SyncState.Active, 23), (view.Line.State, view.Line.People));
        var run = view.Runs[0];
        Assert.Equal((SyncRunState.Done, 23, 3), (run.State, run.Counts.Added, run.Calls));
        Assert.Equal(23, run.Counts.Matched);
        Assert.Equal(view.Runs[1].Hash, run.Hash);
        Assert.Equal(run.PlanHash, run.Hash);
        Assert.Null(view.Plan);
        Assert.Equal([1, 2, 3], (await BatchesAsync()).Select(b => b.Sequence));
        Assert.All(await BatchesAsync(), b => Assert.Equal((SyncBatchState.Confirmed, SyncAction.Replace), (b.State, b.Action)));
        Assert.All(await BatchesAsync(), b => Assert.Null(b.Entries));
    }

    [Fact]
    public async Task A_run_before_the_first_plan_is_refused()
    {
        Fill(3);
        List.Trouble = _ => new PlatformFailure(MadeUpPlatform.Key, PlatformFailureKind.Unreachable);
        var id = Value(await Syncs.CreateAsync(Owner, Terms(), Cancel));
        await RoundAsync();

        Assert.IsType<SyncNeedsPlan>(await Syncs.RunAsync(Owner, id, Cancel));
    }

    [Fact]
    public async Task A_small_difference_sends_what_has_changed()
    {
        Fill(100);
        var id = await ASync();
        var before = (await BatchesAsync()).Count;
        List.People.RemoveRange(0, 4);
        List.People[10] = List.People[10] with { Name = "Another name" };
        Fill(3, from: 200);
        Assert.Equal((4, 4), await PlannedAsync(id));

        var view = await RunAsync(id);

        AssertHolds();
        var counts = view.Runs[0].Counts;
        Assert.Equal((4, 4, 95), (counts.Added, counts.Removed, counts.Unchanged));
        Assert.Equal(view.Runs[0].PlanHash, view.Runs[0].Hash);
        Assert.Equal([SyncAction.Remove, SyncAction.Add], (await BatchesAsync()).Skip(before).Select(b => b.Action));
        Assert.Equal(99, view.Line.People);
    }

    [Fact]
    public async Task A_large_difference_replaces()
    {
        Fill(100);
        var id = await ASync();
        List.People.RemoveRange(0, 30);
        Fill(15, from: 200);

        var view = await RunAsync(id);

        AssertHolds();
        Assert.Equal((15, 30), (view.Runs[0].Counts.Added, view.Runs[0].Counts.Removed));
        Assert.All((await BatchesAsync()).Skip(10), b => Assert.Equal(SyncAction.Replace, b.Action));
    }

    [Fact]
    public async Task People_who_opted_out_are_never_sent_and_leave_every_audience()
    {
        Fill(100);
        var id = await ASync();
        var other = Graph.Add("95000", "Of before");
        foreach (var person in Audience0().People) other.People.Add(person);
        var gone = List.People[5];
        List.People[5] = gone with { IsOut = true };
        List.People.Add(gone with { Id = "their other row" });

        var view = await RunAsync(id);

        Assert.DoesNotContain(Hash(gone.Email!), Audience0().People);
        Assert.DoesNotContain(Hash(gone.Email!), other.People);
        Assert.Equal((1, 1, 99), (view.Runs[0].Counts.OptedOut, view.Runs[0].Counts.Removed, view.Line.People));
        Assert.Equal(1, Graph.EverywhereRows);

        await RunAsync(id);
        Assert.Equal(1, Graph.EverywhereRows); // once

        List.People.RemoveAll(p => p.Email == gone.Email);
        List.People.Add(gone);
        await RunAsync(id);
        Assert.Contains(Hash(gone.Email!), Audience0().People); // they agreed again
    }

    [Fact]
    public async Task Nobody_is_taken_out_by_an_id_that_Facebook_has_forgotten()
    {
        Fill(100);
        var id = await ASync();
        Clock.Advance(TimeSpan.FromDays(95));
        List.People.RemoveAt(0);

        await RunAsync(id);

        AssertHolds();
        Assert.Equal(SyncAction.Replace, (await BatchesAsync())[^1].Action);
    }

    [Fact]
    public async Task A_removal_that_is_refused_is_tried_by_replacing()
    {
        Fill(100);
        var id = await ASync();
        Graph.Smallest = 100;
        List.People.RemoveAt(0);

        var view = await RunAsync(id);

        AssertHolds();
        Assert.Null(view.Line.Problem);
        Assert.Equal(SyncAction.Replace, (await BatchesAsync())[^1].Action);
    }

    [Fact]
    public async Task Where_that_is_refused_too_the_sync_waits_and_says_so_and_the_audience_can_be_deleted()
    {
        Fill(100);
        var id = await ASync();
        Graph.Refuses = call => AudienceStub.IsWrite(call) ? AudienceStub.Error(200, 1870047) : null;
        List.People.RemoveAt(0);

        var view = await RunAsync(id);

        Assert.Equal((SyncState.Waiting, SyncProblem.TooSmallToRemove), (view.Line.State, view.Line.Problem));
        Assert.Equal(100, view.Line.People);
        Assert.Null(await Syncs.DeleteAsync(Owner, id, withAudience: true, Cancel));
        Assert.Empty(Graph.Audiences);
        Assert.Empty(await Syncs.ListAsync(Owner, Cancel));
    }

    [Fact]
    public async Task An_audience_is_never_emptied_by_itself()
    {
        Fill(30);
        var id = await ASync();
        List.People.Clear();

        var view = await RunAsync(id);

        Assert.Equal(SyncProblem.NobodyToSend, view.Line.Problem);
        Assert.Equal(30, Audience.People.Count);
    }

    [Fact]
    public async Task A_replacement_is_done_when_Facebook_says_so()
    {
        Fill(12);
        Graph.LooksUntilSettled = 3;
        var id = await APlannedSync();
        Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));

        await RoundAsync();
        Assert.NotNull((await ViewAsync(id)).Line.Running);
        var view = await RestAsync(id);

        AssertHolds();
        Assert.Equal(12, view.Line.People);
    }

    [Fact]
    public async Task Columns_that_change_send_everybody_anew()
    {
        Fill(30);
        var id = await ASync();

        Assert.Null(await Syncs.ChangeColumnsAsync(Owner, id, [new SyncColumn("email", "Email", MatchKey.Email)], "DE", Cancel));
        var planned = await RestAsync(id);
        Assert.Equal((30, 0), (planned.Plan!.Counts.Added, planned.Plan.Counts.Unchanged));
        var view = await RunAsync(id);

        AssertHolds();
        Assert.Equal(30, view.Runs[0].Counts.Added);
        Assert.Equal("DE", view.DefaultCountry);
    }

    [Fact]
    public async Task What_is_done_stands_in_the_audit_trail()
    {
        Fill(3);
        var id = await ASync();
        Assert.Null(await Syncs.DeleteAsync(Owner, id, withAudience: false, Cancel));

        await using var db = Portal.Contexts.Create(Owner.Agency);
        var kinds = await db.AuditEvents.Where(e => e.Detail == "Newsletter").OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync(Cancel);
        Assert.Equal([AuditKind.SyncCreated, AuditKind.SyncStarted, AuditKind.SyncCompleted, AuditKind.SyncDeleted], kinds);
    }

    [Fact]
    public async Task Nothing_of_a_person_is_kept_or_logged()
    {
        Fill(25);
        List.People.Add(Person(900, isOut: true));
        var id = await ASync();
        List.People.RemoveAt(3);
        await RunAsync(id);

        var hashes = List.People.Select(p => Hash(p.Email!)).ToList();
        await using var db = Portal.Contexts.Create(Owner.Agency);
        foreach (var table in new[] { "audience_syncs", "sync_runs", "sync_batches", "sync_rosters", "audit_events" })
        {
            foreach (var row in await DumpAsync(db, table))
            {
                Assert.DoesNotContain("person", row, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(hashes, hash => row.Contains(hash[..16], StringComparison.OrdinalIgnoreCase));
            }
        }

        Assert.DoesNotContain(Portal.Logs.Lines, line => line.Contains("bakery.example", StringComparison.Ordinal)
            && line.Contains("person", StringComparison.OrdinalIgnoreCase));
    }

    private StubAudience Audience0() => Graph.Audiences.Values.First(a => a.Name == "CRM list 1");

    private async Task<(long Added, long Removed)> PlannedAsync(AudienceSyncId id)
    {
        var counts = (await PlanAsync(id)).Plan!.Counts;
        return (counts.Added, counts.Removed);
    }

    private static async Task<List<string>> DumpAsync(PortalDbContext db, string table)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the names stand above
        command.CommandText = $"SELECT * FROM {table}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancel))
        {
            rows.Add(string.Join(
                ' ', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)
                    .Select(value => value is byte[] bytes ? Convert.ToHexStringLower(bytes) : $"{value}")));
        }

        return rows;
    }
}

public sealed class SyncEngineTestsOnSqlite() : SyncEngineTests(DatabaseProvider.Sqlite);

public sealed class SyncEngineTestsOnPostgres() : SyncEngineTests(DatabaseProvider.Postgres);
