using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>A sign-in lasts until somebody ends it, its user is disabled or removed, or nobody uses it any more.</summary>
public abstract class UserSessionsTests(DatabaseProvider database) : PortalTest(database)
{
    private UserSessions Sessions => Portal.Get<UserSessions>();

    [Fact]
    public async Task A_session_tells_who_its_user_is_now_and_not_when_they_signed_in()
    {
        var session = await SignInAsync(Member);
        Assert.Equal(AgencyRole.SubUser, (await FindAsync(session, Member))!.Caller.Role);

        await ChangeAsync(
            Member, u => (u.Role, u.DisplayName, u.Language, u.TimeZone) = (AgencyRole.MainUser, "Renamed", "de", "Europe/Berlin"));

        var found = (await FindAsync(session, Member))!;
        Assert.Equal((AgencyRole.MainUser, "Renamed", "198.51.100.7"), (found.Caller.Role, found.Caller.Name, found.Caller.Address));
        Assert.Equal(("de", "Europe/Berlin"), (found.Language, found.TimeZone));
        Assert.False(found.NeedsSecondFactor || found.HasSecondFactor);
    }

    [Fact]
    public async Task A_session_is_its_own_users_alone()
    {
        var session = await SignInAsync(Owner);

        Assert.Null(await FindAsync(session, Member));
        Assert.Null(await FindAsync(session, Stranger));
        Assert.Null(await FindAsync(UserSessionId.From(1), Owner));
    }

    [Fact]
    public async Task An_ended_session_is_dead_and_the_others_live_on()
    {
        var (one, two, theirs) = (await SignInAsync(Owner), await SignInAsync(Owner), await SignInAsync(Member));

        Assert.Equal(1, await Sessions.EndOwnAsync(Owner, one, Cancel));
        Assert.Null(await FindAsync(one, Owner));
        Assert.Equal([two], await Sessions.ListAliveAsync(Owner.User, Cancel));

        Assert.Equal(0, await Sessions.EndOwnAsync(Owner, theirs, Cancel)); // a colleague's id does nothing
        Assert.NotNull(await FindAsync(theirs, Member));

        var three = await SignInAsync(Owner);
        await Sessions.EndAllAsync(Owner.Agency, Owner.User, except: three, Cancel);
        Assert.Equal(three, Assert.Single(await Sessions.ListAsync(Owner, Cancel)).Id);

        await Sessions.EndAsync(Owner, three, Cancel);
        Assert.Empty(await Sessions.ListAsync(Owner, Cancel));
    }

    [Fact]
    public async Task Signing_out_everywhere_is_noted_once()
    {
        await SignInAsync(Owner);
        await SignInAsync(Owner);

        Assert.Equal(2, await Sessions.EndOwnAsync(Owner, null, Cancel));
        Assert.Equal(0, await Sessions.EndOwnAsync(Owner, null, Cancel));

        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal(1, await db.AuditEvents.CountAsync(e => e.Kind == AuditKind.SessionsEnded, Cancel));
    }

    [Fact]
    public async Task A_disabled_or_removed_user_has_no_session_any_more_and_one_locked_out_by_guesses_keeps_theirs()
    {
        var session = await SignInAsync(Member);
        await ChangeAsync(Member, u => u.LockoutEnd = Clock.Now.AddMinutes(5));
        Assert.NotNull(await FindAsync(session, Member));

        await ChangeAsync(Member, u => u.DisabledAt = Clock.Now);
        Assert.Null(await FindAsync(session, Member));
        Assert.Empty(await Sessions.ListAliveAsync(Member.User, Cancel));

        await ChangeAsync(Member, u => u.DisabledAt = null);
        Assert.NotNull(await FindAsync(session, Member));
        await using (var db = Portal.Contexts.CreateForSystem()) await db.Users.Where(u => u.Id == Member.User.Value)
            .ExecuteDeleteAsync(Cancel);
        Assert.Null(await FindAsync(session, Member));
    }

    [Fact]
    public async Task A_session_that_nobody_uses_runs_out_and_each_use_keeps_it()
    {
        var session = await SignInAsync(Owner);
        Clock.Advance(TimeSpan.FromHours(11));
        Assert.NotNull(await FindAsync(session, Owner));
        Clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal("198.51.100.7", Assert.Single(await Sessions.ListAsync(Owner, Cancel)).Address);
        Assert.NotNull(await FindAsync(session, Owner));

        Clock.Advance(TimeSpan.FromHours(13));

        Assert.Null(await FindAsync(session, Owner));
        Assert.Empty(await Sessions.ListAsync(Owner, Cancel));
    }

    [Fact]
    public async Task A_session_knows_whether_a_second_factor_is_wanted_and_there()
    {
        var session = await SignInAsync(Member);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            (await db.Agencies.SingleAsync(a => a.Id == Owner.Agency, Cancel)).RequireTwoFactor(true);
            await db.SaveChangesAsync(Cancel);
        }

        var without = (await FindAsync(session, Member))!;
        await ChangeAsync(Member, u => u.TwoFactorEnabled = true);
        var with = (await FindAsync(session, Member))!;

        Assert.Equal((true, false), (without.NeedsSecondFactor, without.HasSecondFactor));
        Assert.Equal((true, true), (with.NeedsSecondFactor, with.HasSecondFactor));
    }

    private Task<LiveSession?> FindAsync(UserSessionId session, AgencyCaller user) =>
        Sessions.FindAsync(session, user.User, "198.51.100.7", Cancel);

    private async Task<UserSessionId> SignInAsync(AgencyCaller user)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        return await Sessions.StartAsync(
            await db.Users.SingleAsync(u => u.Id == user.User.Value, Cancel), "192.0.2.10", "Mozilla/5.0", Cancel);
    }

    private async Task ChangeAsync(AgencyCaller user, Action<AgencyUser> change)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        change(await db.Users.SingleAsync(u => u.Id == user.User.Value, Cancel));
        await db.SaveChangesAsync(Cancel);
    }
}

public sealed class UserSessionsTestsOnSqlite() : UserSessionsTests(DatabaseProvider.Sqlite);

public sealed class UserSessionsTestsOnPostgres() : UserSessionsTests(DatabaseProvider.Postgres);
