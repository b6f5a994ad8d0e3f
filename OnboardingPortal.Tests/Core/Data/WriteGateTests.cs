using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Data;

/// <summary>Writers of SQLite wait for their turn without a thread, and a turn ends however the write does.</summary>
public sealed class WriteGateTests() : PortalTest(DatabaseProvider.Sqlite)
{
    public static TheoryData<string> Writes =>
        ["a save of one row", "a save of two rows", "an update", "a deletion", "a statement", "a transaction"];

    public static TheoryData<string> Ends =>
        ["commit", "rollback", "transaction disposed", "context disposed", "save fails", "update fails", "update cancelled",
            "save in a transaction fails"];

    /// <summary>Called on the test's own thread: a write that waits inside SQLite would not come back from that.</summary>
    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_waits_without_a_thread_until_the_one_before_it_has_ended(string write)
    {
        await using var writer = Portal.Contexts.CreateForSystem();
        await using var transaction = await writer.Database.BeginTransactionAsync(Cancel);
        await using var next = Portal.Contexts.CreateForSystem();

        var waiting = WriteAsync(next, write);

        Assert.False(waiting.IsCompleted);
        await transaction.CommitAsync(Cancel);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await AssertFreeAsync();
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_turn_ends_however_the_write_does(string end)
    {
        var db = Portal.Contexts.CreateForSystem();
        await using (db)
        {
            switch (end)
            {
                case "save fails":
                    db.Agencies.Add(new Agency(Owner.Agency, "There is one of this id", "", Clock.Now));
                    await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
                    break;
                case "update fails":
                    await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("UPDATE agencies SET Name = NULL", Cancel));
                    break;
                case "update cancelled":
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(
                        () => WriteAsync(db, "an update", new CancellationToken(canceled: true)));
                    break;
                default:
                    var transaction = await db.Database.BeginTransactionAsync(Cancel);
                    await WriteAsync(db, "an update");
                    if (end == "commit") await transaction.CommitAsync(Cancel);
                    if (end == "rollback") await transaction.RollbackAsync(Cancel);
                    if (end == "save in a transaction fails")
                    {
                        db.Agencies.Add(new Agency(Owner.Agency, "There is one of this id", "", Clock.Now));
                        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
                    }

                    if (end is "transaction disposed" or "save in a transaction fails") await transaction.DisposeAsync();
                    break;
            }

            if (end != "context disposed") await AssertFreeAsync();
        }

        await AssertFreeAsync();
    }

    [Fact]
    public async Task Whoever_stops_waiting_keeps_nobody_and_one_too_many_is_refused_at_once()
    {
        await using var writer = Portal.Contexts.CreateForSystem();
        await using var transaction = await writer.Database.BeginTransactionAsync(Cancel);
        using var leaving = new CancellationTokenSource();
        var contexts = Enumerable.Range(0, WriteGate.MaxWaiting).Select(_ => Portal.Contexts.CreateForSystem()).ToList();
        var waiting = contexts.ConvertAll(db => WriteAsync(db, "an update", leaving.Token));

        await using (var tooMany = Portal.Contexts.CreateForSystem())
        {
            await Assert.ThrowsAsync<DatabaseBusyException>(() => WriteAsync(tooMany, "an update"));
            await Assert.ThrowsAsync<DatabaseBusyException>(() => WriteAsync(tooMany, "a transaction"));
        }

        await leaving.CancelAsync();
        foreach (var one in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await transaction.RollbackAsync(Cancel);
        await AssertFreeAsync();
        foreach (var db in contexts) await db.DisposeAsync();
        Assert.Single(Portal.Logs.Lines, line => line.Contains("More writes wait for SQLite", StringComparison.Ordinal));
    }

    private async Task AssertFreeAsync()
    {
        await using var db = Portal.Contexts.CreateForSystem();
        var write = WriteAsync(db, "an update");
        await write.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
    }

    private Task WriteAsync(PortalDbContext db, string write, CancellationToken? cancellationToken = null)
    {
        var cancel = cancellationToken ?? Cancel;
        switch (write)
        {
            case "a save of one row":
                db.Agencies.Add(new Agency(AgencyId.New(Clock), "One", "", Clock.Now));
                return db.SaveChangesAsync(cancel);
            case "a save of two rows":
                db.Agencies.AddRange(
                    new Agency(AgencyId.New(Clock), "One", "", Clock.Now), new Agency(AgencyId.New(Clock), "Two", "", Clock.Now));
                return db.SaveChangesAsync(cancel);
            case "an update":
                return db.Agencies.ExecuteUpdateAsync(set => set.SetProperty(a => a.DefaultMessage, "Another"), cancel);
            case "a deletion":
                return db.BulkRows.IgnoreQueryFilters().ExecuteDeleteAsync(cancel);
            case "a statement":
                return db.Database.ExecuteSqlRawAsync("UPDATE agencies SET Name = Name", cancel);
            default:
                return TransactAsync(db, cancel);
        }
    }

    private static async Task TransactAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
