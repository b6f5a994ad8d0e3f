using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Audit;

/// <summary>Somebody with the database alone, and what the verifier says of it.</summary>
public abstract class AuditChainTests(DatabaseProvider database) : PortalTest(database)
{
    private AuditTrail Trail => Portal.Get<AuditTrail>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var request = await ARequest().For("hello@bakery.example").SentAsync();
        await AParticipant(request);
        Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { Language = "de" }, Cancel));
    }

    [Fact]
    public async Task Every_change_is_chained_to_the_one_before()
    {
        var verdict = await VerifyAsync();

        Assert.Null(verdict.Broken);
        Assert.Equal(await CountAsync(), verdict.Checked);
        Assert.True(verdict.Checked >= 4);
        Assert.Equal(0, verdict.Unchained);
        Assert.True(verdict.Recorded > 0);
    }

    [Theory]
    [InlineData("\"Detail\" = 'somebody-else@bakery.example'")]
    [InlineData("\"ActorName\" = 'Nobody'")]
    [InlineData("\"ActorId\" = 1")]
    [InlineData("\"ActorKind\" = 'System'")]
    [InlineData("\"Kind\" = 'RequestDeleted'")]
    [InlineData("\"Topic\" = 'SignIns'")]
    [InlineData("\"Address\" = '203.0.113.9'")]
    [InlineData("\"RequestId\" = NULL")]
    [InlineData("\"Platform\" = 'facebook'")]
    [InlineData("\"Id\" = \"Id\" + 1")]
    public async Task An_entry_changed_behind_the_portals_back_is_found(string change)
    {
        await SqlAsync($"UPDATE audit_events SET {change} WHERE \"Sequence\" = 2");

        await BreaksAsync(AuditBreakKind.Changed, 2);
    }

    [Fact]
    public async Task An_entry_removed_from_the_middle_is_found()
    {
        await SqlAsync("DELETE FROM audit_events WHERE \"Sequence\" = 2");

        await BreaksAsync(AuditBreakKind.Missing, 2);
    }

    [Fact]
    public async Task Closing_the_gap_does_not_hide_it()
    {
        await SqlAsync("DELETE FROM audit_events WHERE \"Sequence\" = 2");
        await SqlAsync("UPDATE audit_events SET \"Sequence\" = 2 WHERE \"Sequence\" = 3");

        await BreaksAsync(AuditBreakKind.Changed, 2);
    }

    [Fact]
    public async Task The_newest_entry_cut_off_is_found()
    {
        var newest = await CountAsync();
        await SqlAsync($"DELETE FROM audit_events WHERE \"Sequence\" = {newest}");

        await BreaksAsync(AuditBreakKind.Missing, newest);
    }

    [Fact]
    public async Task Naming_an_older_entry_the_end_does_not_hide_what_was_cut_off()
    {
        var newest = await CountAsync();
        await SqlAsync($"DELETE FROM audit_events WHERE \"Sequence\" = {newest}");
        await SqlAsync($"UPDATE audit_heads SET \"Sequence\" = {newest - 1}, \"Seal\" = (SELECT \"Seal\" FROM audit_events WHERE "
            + $"\"Sequence\" = {newest - 1})");

        await BreaksAsync(AuditBreakKind.EndChanged, newest - 1);
    }

    [Fact]
    public async Task The_end_removed_is_found()
    {
        await SqlAsync("DELETE FROM audit_heads");

        await BreaksAsync(AuditBreakKind.EndMissing, 0);
    }

    [Fact]
    public async Task A_forged_key_is_found()
    {
        await SqlAsync("UPDATE audit_heads SET \"WrappedKey\" = \"Seal\"");

        Assert.Equal(AuditBreakKind.KeyChanged, (await VerifyAsync()).Broken!.Kind);
    }

    [Theory]
    [InlineData("NULL", AuditBreakKind.Added)]
    [InlineData("4", AuditBreakKind.Changed)]
    public async Task An_entry_put_in_is_found(string sequence, AuditBreakKind kind)
    {
        if (sequence != "NULL")
            await SqlAsync($"UPDATE audit_events SET \"Sequence\" = \"Sequence\" + 1000 WHERE \"Sequence\" >= {sequence}");
        await SqlAsync($"""
            INSERT INTO audit_events ("Id", "AgencyId", "At", "Kind", "Topic", "ActorKind", "ActorId", "ActorName", "Sequence", "Seal")
            SELECT (SELECT MAX("Id") FROM audit_events) + 1, "AgencyId", "At", "Kind", "Topic", "ActorKind", "ActorId", "ActorName", {sequence}, "Seal"
            FROM audit_events WHERE "Sequence" = 3
            """);

        Assert.Equal(kind, (await VerifyAsync()).Broken!.Kind);
    }

    [Fact]
    public async Task Nodes_that_write_at_once_make_one_chain()
    {
        await using var other = Portal.AnotherNode();
        var before = await CountAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            var agencies = (i % 2 == 0 ? Portal : other).Get<AgencyService>();
            Assert.Null(await agencies.ChangeSettingsAsync(Owner, TestPortal.NewSettings with { DefaultMessage = $"Message {i}" }, Cancel));
        }, Cancel)));

        var verdict = await VerifyAsync();
        Assert.Null(verdict.Broken);
        Assert.Equal(before + 20, verdict.Checked);
    }

    [Fact]
    public async Task The_first_changes_of_an_agency_made_at_once_begin_one_chain()
    {
        var contexts = Enumerable.Range(0, 8).Select(_ => Portal.Contexts.Create(Stranger.Agency)).ToList();
        foreach (var db in contexts)
        {
            await db.Database.OpenConnectionAsync(Cancel); // none is late because it has to connect first
            db.AuditEvents.Add(
                new AuditEvent(
                    AuditEventId.New(Clock), Stranger.Agency, Clock.GetUtcNow(), AuditKind.SettingsChanged, Stranger.Actor, null, null,
                    "link life"));
        }

        await Task.WhenAll(contexts.Select(db => Task.Run(() => db.SaveChangesAsync(Cancel), Cancel)));

        foreach (var db in contexts) await db.DisposeAsync();
        var verdict = Value(await Trail.VerifyAsync(Stranger, Cancel));
        Assert.Equal((null, 8), (verdict.Broken, verdict.Checked));
    }

    [Fact]
    public async Task A_context_that_saves_twice_goes_on_from_what_another_wrote_in_between()
    {
        await using var first = Portal.Contexts.Create(Owner.Agency);
        await using var second = Portal.Contexts.Create(Owner.Agency);
        var before = await CountAsync();

        await SaveAsync(first);
        await SaveAsync(second);
        await SaveAsync(first);

        var verdict = await VerifyAsync();
        Assert.Equal((null, before + 3), (verdict.Broken, verdict.Checked));

        Task SaveAsync(PortalDbContext db)
        {
            db.AuditEvents.Add(
                new AuditEvent(
                    AuditEventId.New(Clock), Owner.Agency, Clock.GetUtcNow(), AuditKind.SettingsChanged, Owner.Actor, null, null,
                    "link life"));
            return db.SaveChangesAsync(Cancel);
        }
    }

    [Fact]
    public async Task A_new_master_key_opens_the_chain_of_before()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Portal:MasterKey"] = Convert.ToBase64String("another master key of these test"u8),
            ["Portal:PreviousMasterKeys:0"] = Convert.ToBase64String("the master key of these tests !!"u8),
        };
        await using var other = Portal.AnotherNode(settings);
        await other.Get<KeyRing>().OpenAsync(Cancel);
        Assert.Null(await other.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings, Cancel));

        Assert.Null(Value(await other.Get<AuditTrail>().VerifyAsync(Owner, Cancel)).Broken);
    }

    private async Task BreaksAsync(AuditBreakKind kind, long sequence)
    {
        var broken = (await VerifyAsync()).Broken;
        Assert.Equal((kind, sequence), (broken?.Kind, broken?.Sequence));
    }

    private async Task<AuditVerdict> VerifyAsync() => Value(await Trail.VerifyAsync(Owner, Cancel));

    private async Task<long> CountAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return await db.AuditEvents.LongCountAsync(Cancel);
    }

    /// <summary>What somebody with the database alone can do.</summary>
    private async Task SqlAsync(string sql)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        Assert.True(await db.Database.ExecuteSqlRawAsync(sql, Cancel) > 0);
    }
}

public sealed class SqliteAuditChainTests() : AuditChainTests(DatabaseProvider.Sqlite);

public sealed class PostgresAuditChainTests() : AuditChainTests(DatabaseProvider.Postgres);
