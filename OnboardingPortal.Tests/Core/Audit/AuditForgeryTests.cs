using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Audit;

/// <summary>
/// Somebody with the database alone who wants the portal itself to prove what they forged: after each attack the agency works on.
/// </summary>
public abstract class AuditForgeryTests(DatabaseProvider database) : PortalTest(database)
{
    private const string Mine = "WHERE \"AgencyId\" = {0}";

    private AuditTrail Trail => Portal.Get<AuditTrail>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        for (var i = 0; i < 4; i++) await WorkAsync();
    }

    [Theory]
    [InlineData("the newest cut", $"DELETE FROM audit_events {Mine} AND \"Sequence\" = 4")]
    [InlineData("the newest cut and the end named anew",
        $"DELETE FROM audit_events {Mine} AND \"Sequence\" = 4",
        $"UPDATE audit_heads SET \"Sequence\" = 3, \"Seal\" = (SELECT \"Seal\" FROM audit_events {Mine} AND \"Sequence\" = 3) {Mine}")]
    [InlineData("all cut", $"DELETE FROM audit_events {Mine}")]
    [InlineData("all cut with their end", $"DELETE FROM audit_events {Mine}", $"DELETE FROM audit_heads {Mine}")]
    [InlineData("all cut, the end begun anew", $"DELETE FROM audit_events {Mine}", $"UPDATE audit_heads SET \"Sequence\" = 0, "
        + $"\"Seal\" = \"Proof\" {Mine}")]
    [InlineData("the end cut", $"DELETE FROM audit_heads {Mine}")]
    [InlineData("the end moved on", $"UPDATE audit_heads SET \"Sequence\" = 9 {Mine}")]
    [InlineData("the end moved as far as numbers go", $"UPDATE audit_heads SET \"Sequence\" = 9223372036854775807 {Mine}")]
    [InlineData("the end's proof taken", $"UPDATE audit_heads SET \"Proof\" = \"Seal\" {Mine}")]
    [InlineData("the key forged", $"UPDATE audit_heads SET \"WrappedKey\" = \"Seal\" {Mine}")]
    [InlineData("the key given to another master key", $"UPDATE audit_heads SET \"MasterKeyId\" = 'nobody' {Mine}")]
    [InlineData("the seals nulled", $"UPDATE audit_events SET \"Sequence\" = NULL, \"Seal\" = NULL {Mine}")]
    [InlineData("the newest seal nulled", $"UPDATE audit_events SET \"Sequence\" = NULL, \"Seal\" = NULL {Mine} AND \"Sequence\" = 4")]
    [InlineData("the seals nulled and the end cut", $"UPDATE audit_events SET \"Sequence\" = NULL, \"Seal\" = NULL {Mine}", $"DELETE FROM audit_heads {Mine}")]
    [InlineData("the newest given another seal", $"UPDATE audit_events SET \"Seal\" = (SELECT \"Seal\" FROM audit_events {Mine} AND "
        + $"\"Sequence\" = 2) {Mine} AND \"Sequence\" = 4")]
    [InlineData("an entry put behind the end", $"UPDATE audit_events SET \"Sequence\" = 5 {Mine} AND \"Sequence\" = 2")]
    [InlineData("an entry put as far as numbers go", $"UPDATE audit_events SET \"Sequence\" = 9223372036854775807 {Mine} AND "
        + $"\"Sequence\" = 4")]
    [InlineData("an entry put far behind the end", $"UPDATE audit_events SET \"Sequence\" = 9007199254740992 {Mine} AND \"Sequence\" = 4")]
    public async Task What_was_forged_is_never_proved_by_what_happens_next(string attack, params string[] statements)
    {
        foreach (var statement in statements) await SqlAsync(statement, Owner.Agency.Value);

        await WorkAsync();
        await StaysBrokenAsync(attack);
    }

    [Fact]
    public async Task An_older_end_that_is_right_by_itself_is_found_while_the_newer_entries_are_still_there()
    {
        await using var reader = Portal.Contexts.Create(Owner.Agency);
        var old = await reader.AuditHeads.AsNoTracking().SingleAsync(Cancel);
        await WorkAsync();

        await PutBackAsync(old);

        await WorkAsync();
        await StaysBrokenAsync("an older end");
    }

    [Fact]
    public async Task An_older_state_that_is_right_by_itself_is_found_by_what_stands_outside_the_database()
    {
        await using var reader = Portal.Contexts.Create(Owner.Agency);
        var old = await reader.AuditHeads.AsNoTracking().SingleAsync(Cancel);
        await WorkAsync();
        await WorkAsync();

        await PutBackAsync(old);
        await SqlAsync($"DELETE FROM audit_events {Mine} AND \"Sequence\" > {{1}}", Owner.Agency.Value, old.Sequence);
        Assert.NotNull((await VerifyAsync()).Broken); // before anything else happens

        await WorkAsync();
        await StaysBrokenAsync("an older state");
    }

    [Fact]
    public async Task An_entry_without_a_seal_that_says_it_is_older_than_the_chain_is_found()
    {
        await SqlAsync(
            $"""
            INSERT INTO audit_events ("Id", "AgencyId", "At", "Kind", "Topic", "ActorKind", "ActorId", "ActorName")
            SELECT 17, "AgencyId", "At", "Kind", "Topic", "ActorKind", "ActorId", "ActorName" FROM audit_events {Mine} AND "Sequence" = 1
            """,
            Owner.Agency.Value);

        Assert.Equal(AuditBreakKind.Added, (await VerifyAsync()).Broken?.Kind);
    }

    [Fact]
    public async Task A_forged_key_keeps_no_portal_from_starting()
    {
        await Portal.Get<CredentialProtector>().AddKeyAsync(Owner.Agency, Cancel); // a secret that does open
        await SqlAsync($"UPDATE audit_heads SET \"MasterKeyId\" = 'nobody' {Mine}", Owner.Agency.Value);

        await Portal.Get<KeyRing>().OpenAsync(Cancel);

        await WorkAsync();
        await StaysBrokenAsync("the key given to another master key, and a start");
    }

    /// <summary>
    /// The break is shown by the verifier and by an entry of its own, however much happens afterwards; and nothing else breaks.
    /// </summary>
    private async Task StaysBrokenAsync(string attack)
    {
        Assert.True((await VerifyAsync()).Broken is not null, $"After {attack} all is said to be well.");
        await WorkAsync();
        await WorkAsync();
        var later = await VerifyAsync();
        Assert.True(later.Broken is not null, $"Some time after {attack} all is said to be well.");
        Assert.Single(later.Breaks, b => b.Note is not null);
        Assert.Equal(later.Breaks.Count, (await VerifyAgainAsync()).Breaks.Count); // what was written since is sound

        var events = Value(await Trail.ListAsync(Owner, new AuditQuery(), null, 100, Cancel)).Events;
        var note = Assert.Single(events, e => e.Kind == AuditKind.ChainBroken);
        Assert.NotNull(note.Seal);
        Assert.Null(Value(await Trail.VerifyAsync(Stranger, Cancel)).Broken);
    }

    private async Task PutBackAsync(AuditHead old) => await SqlAsync(
        $"UPDATE audit_heads SET \"Sequence\" = {{1}}, \"Seal\" = {{2}}, \"Proof\" = {{3}} {Mine}", Owner.Agency.Value, old.Sequence,
        old.Seal, old.Proof);

    private async Task<AuditVerdict> VerifyAgainAsync()
    {
        await WorkAsync();
        return await VerifyAsync();
    }

    private async Task<AuditVerdict> VerifyAsync() => Value(await Trail.VerifyAsync(Owner, Cancel));

    /// <summary>Something real that leaves an entry.</summary>
    private async Task WorkAsync() => await Portal.Get<AgencyService>().RecordSignInAsync(
        new AgencyUser { Id = Owner.User.Value, AgencyId = Owner.Agency, DisplayName = "The owner" }, AuditKind.UserSignedIn, null, Cancel);

    /// <summary>What somebody with the database alone can do.</summary>
    private async Task SqlAsync(string sql, params object[] values)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        Assert.True(await db.Database.ExecuteSqlRawAsync(sql, values, Cancel) > 0);
    }
}

public sealed class AuditForgeryTestsOnSqlite() : AuditForgeryTests(DatabaseProvider.Sqlite);

public sealed class AuditForgeryTestsOnPostgres() : AuditForgeryTests(DatabaseProvider.Postgres);
