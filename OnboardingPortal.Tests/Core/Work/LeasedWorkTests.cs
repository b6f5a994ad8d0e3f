using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Work;

/// <summary>What every kind of leased work can count on, shown with a kind of its own over rows of imports.</summary>
public abstract class LeasedWorkTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Of_two_nodes_one_does_a_row_and_the_other_leaves_it_alone()
    {
        await ARow(Owner);
        await using var other = Portal.AnotherNode();
        var (begun, mayEnd) = (Signal(), Signal());
        var here = new CountedWork(Portal, async (lease, _) =>
        {
            begun.SetResult();
            await mayEnd.Task.WaitAsync(Cancel);
            return await EndAsync(lease);
        });
        var there = new CountedWork(other, (lease, _) => EndAsync(lease));

        var round = Task.Run(() => here.RunAsync(Cancel), Cancel);
        await begun.Task.WaitAsync(Cancel);
        Assert.Equal(0, await there.RunAsync(Cancel));
        mayEnd.SetResult();

        Assert.Equal(1, await round);
        Assert.Equal(0, await there.RunAsync(Cancel));
    }

    [Fact]
    public async Task Two_nodes_at_once_do_many_rows_and_each_row_once()
    {
        for (var i = 0; i < 15; i++) await ARow(i % 2 == 0 ? Owner : Stranger);
        await using var other = Portal.AnotherNode();
        CountedWork[] nodes =
            [new(Portal, (lease, _) => EndAsync(lease)) { Places = 3 }, new(other, (lease, _) => EndAsync(lease)) { Places = 3 }];

        var done = await Task.WhenAll(nodes.Select(n => Task.Run(() => n.RunAsync(Cancel), Cancel)));
        var rest = await nodes[0].RunAsync(Cancel);

        Assert.Equal(15, done.Sum() + rest);
        Assert.Equal(15, nodes.Sum(n => n.Turns));
    }

    [Fact]
    public async Task What_a_node_held_that_answers_no_more_another_takes_over_when_the_lease_has_run_out_and_the_first_one_writes_nothing()
    {
        var row = await ARow(Owner);
        await using var other = Portal.AnotherNode();
        var (begun, mayGoOn) = (Signal(), Signal());
        var slow = new CountedWork(Portal, async (lease, _) =>
        {
            begun.SetResult();
            await mayGoOn.Task.WaitAsync(Cancel);
            await lease.RenewAsync(set => set.SetProperty(i => i.Refused, 99), Cancel);
            return new Turn(1, MayGoOn: true);
        });
        var quick = new CountedWork(other, (lease, _) => EndAsync(lease));
        var round = Task.Run(() => slow.RunAsync(Cancel), Cancel);
        await begun.Task.WaitAsync(Cancel);

        Clock.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await quick.RunAsync(Cancel));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await quick.RunAsync(Cancel));
        mayGoOn.SetResult();

        Assert.Equal(0, await round);
        Assert.Equal((BulkImportState.Done, 0), await StateAsync(row));
        Assert.Equal(0, await RestingAsync()); // being slow is no failure of the row
    }

    [Fact]
    public async Task A_long_turn_renews_its_lease_and_writes_down_how_far_it_is()
    {
        var row = await ARow(Owner);
        await using var other = Portal.AnotherNode();
        var (steps, next) = (0, new SemaphoreSlim(0));
        var here = new CountedWork(Portal, async (lease, _) =>
        {
            for (var step = 1; step <= 3; step++)
            {
                await next.WaitAsync(Cancel);
                await lease.RenewAsync(set => set.SetProperty(i => i.Refused, step), Cancel);
                Interlocked.Increment(ref steps);
            }

            return await EndAsync(lease);
        });
        var there = new CountedWork(other, (lease, _) => EndAsync(lease));
        var round = Task.Run(() => here.RunAsync(Cancel), Cancel);
        await UntilAsync(() => here.Turns == 1);

        for (var step = 1; step <= 2; step++)
        {
            Clock.Advance(TimeSpan.FromSeconds(90));
            next.Release();
            await UntilAsync(() => Volatile.Read(ref steps) == step);
            Assert.Equal(0, await there.RunAsync(Cancel));
            Assert.Equal((BulkImportState.Sending, step), await StateAsync(row));
        }

        next.Release();
        Assert.Equal(1, await round);
        Assert.Equal((BulkImportState.Done, 3), await StateAsync(row));
    }

    [Fact]
    public async Task Work_that_is_cancelled_ends_at_its_next_step_and_counts_as_no_failure()
    {
        var row = await ARow(Owner);
        var here = new CountedWork(Portal, async (lease, _) =>
        {
            Assert.Null(await Portal.Get<BulkService>().CancelAsync(Owner, row, Cancel));
            await lease.RenewAsync(set => set.SetProperty(i => i.Refused, 99), Cancel);
            return new Turn(1, MayGoOn: true);
        });

        Assert.Equal(0, await here.RunAsync(Cancel));

        Assert.Equal((BulkImportState.Cancelled, 0), await StateAsync(row));
        Assert.Equal(0, await RestingAsync());
    }

    [Fact]
    public async Task A_row_that_fails_stops_no_other_rests_and_is_seen_by_main_users_when_it_keeps_failing()
    {
        var (bad, _, _) = (await ARow(Owner), await ARow(Owner), await ARow(Stranger));
        var here = new CountedWork(Portal, (lease, row) =>
            row.Id == bad ? throw new InvalidOperationException("A bad row.") : EndAsync(lease));

        Assert.Equal(2, await here.RunAsync(Cancel));
        Assert.Equal((0, 3), (await here.RunAsync(Cancel), here.Turns)); // its lease rests it
        for (var round = 0; round < 3; round++)
        {
            Clock.Advance(TimeSpan.FromMinutes(5));
            await here.RunAsync(Cancel);
        }

        var trouble = Assert.Single(await Portal.Get<RoundItems>().ListAsync(Owner, Cancel));
        Assert.Equal((RoundKind.Import, bad.ToString()), (trouble.Round, trouble.Item));
        Assert.Empty(await Portal.Get<RoundItems>().ListAsync(Stranger, Cancel));
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_ends_its_turns_first_and_hands_its_rows_back()
    {
        await ARow(Owner);
        await using var other = Portal.AnotherNode();
        using var stopping = new CancellationTokenSource();
        var (begun, hasEnded) = (Signal(), false);
        var here = new CountedWork(Portal, async (_, _) =>
        {
            begun.SetResult();
            try
            {
                await Signal().Task.WaitAsync(stopping.Token);
            }
            finally
            {
                hasEnded = true;
            }

            return default;
        });
        var round = Task.Run(() => here.RunAsync(stopping.Token), Cancel);
        await begun.Task.WaitAsync(Cancel);

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => round);

        Assert.True(hasEnded);
        Assert.Equal(1, await new CountedWork(other, (lease, _) => EndAsync(lease)).RunAsync(Cancel)); // at once
        Assert.Equal(0, await RestingAsync());
    }

    [Fact]
    public async Task A_slow_row_holds_up_no_other_where_there_is_more_than_one_place()
    {
        var (slow, _, _) = (await ARow(Owner), await ARow(Owner), await ARow(Stranger));
        var (mayEnd, others) = (Signal(), 0);
        var here = new CountedWork(Portal, async (lease, row) =>
        {
            if (row.Id == slow) await mayEnd.Task.WaitAsync(Cancel);
            else if (Interlocked.Increment(ref others) == 2) mayEnd.SetResult();
            return await EndAsync(lease);
        })
        { Places = 2 };

        Assert.Equal(3, await here.RunAsync(Cancel));
    }

    [Fact]
    public async Task Rows_take_turns_and_a_round_that_was_long_enough_wakes_the_next_one()
    {
        var (one, two) = (await ARow(Owner), await ARow(Stranger));
        var order = new List<BulkImportId>();
        var here = new CountedWork(Portal, (_, row) =>
        {
            order.Add(row.Id);
            return Task.FromResult(new Turn(1, MayGoOn: true));
        });
        var woken = Portal.Get<BulkSignal>();
        await woken.WaitAsync(Cancel); // both rows were begun

        Assert.Equal(20, await here.RunAsync(Cancel));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? one : two), order);
        Assert.True(woken.WaitAsync(Cancel).IsCompletedSuccessfully);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<Turn> EndAsync(Lease<BulkImport> lease)
    {
        Assert.True(await lease.HandBackAsync(set => set.SetProperty(i => i.State, BulkImportState.Done), Cancel));
        return new Turn(1, MayGoOn: true);
    }

    private async Task<BulkImportId> ARow(AgencyCaller caller)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1)); // ids rise with time
        var id = Value(await Portal.Get<BulkService>().ReadAsync(
            caller, null, new MemoryStream(Encoding.UTF8.GetBytes("recipients,services\na@bakery.example,mailchimp\n")), Cancel));
        Assert.Null(await Portal.Get<BulkService>().SendAsync(caller, id, Cancel));
        return id;
    }

    private async Task<(BulkImportState State, int Refused)> StateAsync(BulkImportId id)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        var import = await db.BulkImports.IgnoreQueryFilters().AsNoTracking().SingleAsync(i => i.Id == id, Cancel);
        return (import.State, import.Refused);
    }

    private async Task<int> RestingAsync()
    {
        await using var db = Portal.Contexts.CreateForSystem();
        return await db.RestingItems.IgnoreQueryFilters().CountAsync(Cancel);
    }

    /// <summary>As small as a kind of work can be: what is due, and a turn.</summary>
    private sealed class CountedWork(TestPortal node, Func<Lease<BulkImport>, BulkImport, Task<Turn>> turn)
        : LeasedWork<BulkImport, BulkImportId>(node.Contexts, node.Get<RoundItems>(), node.Get<BulkSignal>(), node.Clock)
    {
        private int _turns;

        public int Turns => Volatile.Read(ref _turns);

        public int Places { get; init; } = 1;

        protected override int AtOnce => Places;

        protected override RoundKind Kind => RoundKind.Import;

        protected override Leases<BulkImport> Leases { get; } = new(Lease, i => i.LeasedUntil);

        protected override Expression<Func<BulkImport, BulkImportId>> Id => i => i.Id;

        protected override IQueryable<BulkImport> Due(IQueryable<BulkImport> rows) => rows.Where(i => i.State == BulkImportState.Sending);

        protected override Task<Turn> DoAsync(
            BulkImport row, Lease<BulkImport> lease, RoundItems.Round round, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _turns);
            return turn(lease, row);
        }
    }
}

public sealed class LeasedWorkTestsOnSqlite() : LeasedWorkTests(DatabaseProvider.Sqlite);

public sealed class LeasedWorkTestsOnPostgres() : LeasedWorkTests(DatabaseProvider.Postgres);
