using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Audit;

/// <summary>What stands outside the database, and what it finds.</summary>
public abstract class AuditRecordTests(DatabaseProvider database) : PortalTest(database)
{
    private string Folder => Path.Combine(Portal.DataDirectory, "audit");

    protected override Dictionary<string, string?> Settings => new() { ["Portal:AuditRecordDays"] = "30" };

    [Fact]
    public async Task Each_transaction_leaves_a_line_of_its_newest_entry_in_the_log_and_in_a_file_of_the_day()
    {
        await WorkAsync(Portal);
        await WorkAsync(Portal);

        await using var db = Portal.Contexts.Create(Owner.Agency);
        var entries = await db.AuditEvents.OrderBy(e => e.Sequence).ToListAsync(Cancel);
        var file = Assert.Single(Directory.GetFiles(Folder));
        Assert.StartsWith($"{Clock.Now:yyyy-MM-dd}.", Path.GetFileName(file), StringComparison.Ordinal);
        var lines = entries.Select(e => $"{Owner.Agency.Value} {e.Sequence} {Convert.ToHexStringLower(e.Seal!)}");
        Assert.Equal(
            lines, (await File.ReadAllLinesAsync(file, Cancel)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        Assert.All(
            entries, e =>
                Assert.Contains(
                    Portal.Logs.Lines,
                    line => line.Contains(
                        $"{Owner.Agency} is {e.Sequence}, sealed {Convert.ToHexStringLower(e.Seal!)}", StringComparison.Ordinal)));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task What_is_rolled_back_leaves_no_line()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        await using (await db.Database.BeginTransactionAsync(Cancel))
        {
            db.AuditEvents.Add(
                new AuditEvent(AuditEventId.New(Clock), Owner.Agency, Clock.Now, AuditKind.UserSignedIn, Owner.Actor, null, null, null));
            await db.SaveChangesAsync(Cancel);
        }

        db.ChangeTracker.Clear();
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancel)) await transaction.CommitAsync(Cancel);

        Assert.False(Directory.Exists(Folder));
        await WorkAsync(Portal);
        Assert.Null((await VerifyAsync(Portal)).Broken);
    }

    [Fact]
    public async Task A_node_that_starts_anew_knows_what_it_knew_and_files_of_long_ago_go()
    {
        await WorkAsync(Portal);
        var first = Assert.Single(Directory.GetFiles(Folder));
        await File.AppendAllTextAsync(first, "2026-11-30T00:00:00Z 1 2 cut sho", Cancel); // as a crash leaves it
        await ForgetNewestAsync();

        Clock.Advance(TimeSpan.FromDays(31));
        await using var again = Portal.AnotherNode(
            new() { ["Portal:DataDirectory"] = Portal.DataDirectory, ["Portal:AuditRecordDays"] = "30" });
        Assert.Equal(AuditBreakKind.RolledBack, (await VerifyAsync(again)).Broken?.Kind);

        await WorkAsync(again, Stranger);

        Assert.False(File.Exists(first));
        // the newest line of each agency goes on to the new file
        Assert.Equal(AuditBreakKind.RolledBack, (await VerifyAsync(again)).Broken?.Kind);
        await WorkAsync(again);
        Assert.Contains((await VerifyAsync(again)).Breaks, b => b.Note is not null);
    }

    [Fact]
    public async Task A_node_notices_what_was_forged_while_only_another_one_wrote()
    {
        await using var other = Portal.AnotherNode();
        await WorkAsync(Portal);
        await WorkAsync(Portal);
        await ForgetNewestAsync();

        await WorkAsync(other); // knows nothing of what was cut, and takes its place
        await WorkAsync(other);
        Assert.Equal(AuditBreakKind.Differs, (await VerifyAsync(Portal)).Broken?.Kind);
        Assert.Null((await VerifyAsync(other)).Broken);

        await WorkAsync(Portal);

        // and now everybody knows
        Assert.Contains((await VerifyAsync(other)).Breaks, b => b is { Kind: AuditBreakKind.Differs, Note: not null });
    }

    [Fact]
    public async Task Nodes_that_share_a_directory_write_files_of_their_own()
    {
        await using var other = Portal.AnotherNode(new() { ["Portal:DataDirectory"] = Portal.DataDirectory });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => WorkAsync(i % 2 == 0 ? Portal : other), Cancel)));

        Assert.Equal(2, Directory.GetFiles(Folder).Length);
        var verdict = await VerifyAsync(Portal);
        Assert.Equal((null, 20, 20), (verdict.Broken, verdict.Checked, verdict.Recorded));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_stops_nobodys_work()
    {
        Directory.CreateDirectory(Portal.DataDirectory);
        await File.WriteAllTextAsync(Folder, "a file where the directory should be", Cancel);

        await WorkAsync(Portal);

        Assert.Contains(Portal.Logs.Lines, line => line.StartsWith("Error 1402 ", StringComparison.Ordinal));
        var verdict = await VerifyAsync(Portal);
        Assert.Equal((null, 1, 0), (verdict.Broken, verdict.Checked, verdict.Recorded));
    }

    /// <summary>Takes the newest entry back as a copy of the database from before it would: the end of before is right by itself.</summary>
    private async Task ForgetNewestAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var head = await db.AuditHeads.SingleAsync(Cancel);
        var key = head.TryUnwrap(Portal.Get<OnboardingPortal.Core.Secrets.MasterKey>())!;
        var before = await db.AuditEvents.Where(e => e.Sequence == head.Sequence - 1).Select(e => e.Seal).SingleOrDefaultAsync(Cancel);
        await db.AuditEvents.Where(e => e.Sequence == head.Sequence).ExecuteDeleteAsync(Cancel);
        head.Move(head.Sequence - 1, before ?? [], key);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task<AuditVerdict> VerifyAsync(TestPortal node) => Value(await node.Get<AuditTrail>().VerifyAsync(Owner, Cancel));

    /// <summary>Something real that leaves an entry.</summary>
    private async Task WorkAsync(TestPortal node, AgencyCaller? caller = null)
    {
        var by = caller ?? Owner;
        await node.Get<AgencyService>()
            .RecordSignInAsync(
                new AgencyUser { Id = by.User.Value, AgencyId = by.Agency, DisplayName = by.Name }, AuditKind.UserSignedIn, null, Cancel);
    }
}

public sealed class AuditRecordTestsOnSqlite() : AuditRecordTests(DatabaseProvider.Sqlite);

public sealed class AuditRecordTestsOnPostgres() : AuditRecordTests(DatabaseProvider.Postgres);
