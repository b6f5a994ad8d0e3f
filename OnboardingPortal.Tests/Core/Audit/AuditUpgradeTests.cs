using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Audit;

/// <summary>A database from before chains were proved, and from before there were any.</summary>
public abstract class AuditUpgradeTests(DatabaseProvider database) : PortalTest(database)
{
    private const string Older = """
        INSERT INTO audit_events ("Id", "AgencyId", "At", "Kind", "Topic", "ActorKind", "ActorId", "ActorName")
        SELECT {1}, "AgencyId", "At", "Kind", "Topic", "ActorKind", "ActorId", "ActorName" FROM audit_events WHERE "AgencyId" = {0} AND "Sequence" = 1
        """;

    [Fact]
    public async Task An_agency_from_before_there_were_chains_gets_one_and_what_is_older_is_counted_for_good()
    {
        await WorkAsync(Portal);
        await WorkAsync(Portal);
        await SqlAsync("UPDATE audit_events SET \"Sequence\" = NULL, \"Seal\" = NULL");
        await SqlAsync("DELETE FROM audit_heads");
        await using var upgraded = Portal.AnotherNode();

        await upgraded.Get<AuditUpgrade>().CompleteAsync(Cancel);
        await WorkAsync(upgraded);

        var verdict = await VerifyAsync(upgraded);
        Assert.Equal((null, 2, 2), (verdict.Broken, verdict.Checked, verdict.Unchained));

        await SqlAsync("DELETE FROM audit_events WHERE \"Id\" = (SELECT MIN(\"Id\") FROM audit_events)");
        Assert.Equal(AuditBreakKind.OldMissing, (await VerifyAsync(upgraded)).Broken?.Kind);
    }

    [Fact]
    public async Task An_agency_whose_chain_had_begun_keeps_it_and_an_older_entry_put_in_later_is_found()
    {
        await WorkAsync(Portal);
        await SqlAsync(Older, Owner.Agency.Value, 17);

        await using var upgraded = Portal.AnotherNode();
        await upgraded.Get<AuditUpgrade>().CompleteAsync(Cancel);
        await WorkAsync(Portal);

        var verdict = await VerifyAsync(Portal);
        Assert.Equal((null, 3, 1), (verdict.Broken, verdict.Checked, verdict.Unchained));

        await SqlAsync(Older, Owner.Agency.Value, 18);
        Assert.Equal(AuditBreakKind.Added, (await VerifyAsync(Portal)).Broken?.Kind);
    }

    [Fact]
    public async Task It_happens_once_and_begins_no_chain_whose_end_is_removed_later()
    {
        await using var node = Portal.AnotherNode();
        await node.Get<AuditUpgrade>().CompleteAsync(Cancel);
        await WorkAsync(node);
        await SqlAsync("DELETE FROM audit_events WHERE \"AgencyId\" = {0}", Owner.Agency.Value);
        await SqlAsync("DELETE FROM audit_heads WHERE \"AgencyId\" = {0}", Owner.Agency.Value);
        await using var another = Portal.AnotherNode(); // knows nothing of before

        await another.Get<AuditUpgrade>().CompleteAsync(Cancel);
        await WorkAsync(another);

        Assert.Equal(AuditBreakKind.EndMissing, (await VerifyAsync(another)).Broken?.Kind);
    }

    [Fact]
    public async Task Its_own_mark_removed_does_not_make_a_chain_new_that_this_node_knows()
    {
        await Portal.Get<AuditUpgrade>().CompleteAsync(Cancel);
        await WorkAsync(Portal);
        await SqlAsync("DELETE FROM audit_events");
        await SqlAsync("DELETE FROM audit_heads");
        await using var again = Portal.AnotherNode(new() { ["Portal:DataDirectory"] = Portal.DataDirectory });

        await again.Get<AuditUpgrade>().CompleteAsync(Cancel);
        await WorkAsync(again);

        Assert.Contains((await VerifyAsync(again)).Breaks, b => b is { Kind: AuditBreakKind.EndMissing, Note: not null });
    }

    [Fact]
    public async Task An_end_that_was_removed_before_is_no_reason_to_begin_anew()
    {
        await WorkAsync(Portal);
        await SqlAsync("DELETE FROM audit_heads");
        await using var upgraded = Portal.AnotherNode();

        await upgraded.Get<AuditUpgrade>().CompleteAsync(Cancel);

        Assert.Equal(AuditBreakKind.EndMissing, (await VerifyAsync(upgraded)).Broken?.Kind);
    }

    [Fact]
    public async Task Nodes_that_start_at_once_do_it_once()
    {
        await WorkAsync(Portal);
        await SqlAsync(Older, Owner.Agency.Value, 17);
        var nodes = Enumerable.Range(0, 4).Select(_ => Portal.AnotherNode()).ToList();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Get<AuditUpgrade>().CompleteAsync(Cancel), Cancel)));

        foreach (var node in nodes) await node.DisposeAsync();
        var verdict = await VerifyAsync(Portal);
        Assert.Equal((null, 2, 1), (verdict.Broken, verdict.Checked, verdict.Unchained));
    }

    private async Task<AuditVerdict> VerifyAsync(TestPortal node) => Value(await node.Get<AuditTrail>().VerifyAsync(Owner, Cancel));

    private async Task WorkAsync(TestPortal node) => await node.Get<AgencyService>().RecordSignInAsync(
        new AgencyUser { Id = Owner.User.Value, AgencyId = Owner.Agency, DisplayName = "The owner" }, AuditKind.UserSignedIn, null, Cancel);

    private async Task SqlAsync(string sql, params object[] values)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        Assert.True(await db.Database.ExecuteSqlRawAsync(sql, values, Cancel) > 0);
    }
}

public sealed class AuditUpgradeTestsOnSqlite() : AuditUpgradeTests(DatabaseProvider.Sqlite);

public sealed class AuditUpgradeTestsOnPostgres() : AuditUpgradeTests(DatabaseProvider.Postgres);
