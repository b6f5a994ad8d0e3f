using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract class UserServiceTests(DatabaseProvider database) : UserTest(database)
{
    private const int Races = 12;

    [Fact]
    public async Task A_main_user_sees_everybody_with_role_owner_last_use_and_second_factor()
    {
        var second = await Portal.AddUserAsync(Owner.Agency, AgencyRole.MainUser, "Second owner", "second@brightside.example", Cancel);
        Assert.Null(await Handover.HandOwnershipOverAsync(Owner, Owner.User, Cancel));
        await AddPasskeyAsync(Member);
        Clock.Advance(TimeSpan.FromHours(1));
        var session = await StartSessionAsync(Member);
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await Sessions.IsAliveAsync(session, Member.User, null, Cancel));
        Assert.Null(await Users.DisableAsync(Owner, second.User, Cancel));

        var users = Value(await Users.ListAsync(Owner, Cancel));

        Assert.Equal(
            [
                new(Owner.User, "The owner", Owner.Email, AgencyRole.MainUser, IsOwner: true, null, null, HasSecondFactor: false),
                new(second.User, "Second owner", second.Email, AgencyRole.MainUser, IsOwner: false, Clock.Now, null,
                    HasSecondFactor: false),
                new UserSummary(
                    Member.User, "The member", Member.Email, AgencyRole.SubUser, IsOwner: false, null, Clock.Now, HasSecondFactor: true),
            ],
            users);
    }

    [Fact]
    public async Task A_sub_user_is_refused_everything_even_with_a_session_that_still_says_main_user()
    {
        var invited = Value(await Invitations.InviteAsync(Owner, new NewInvitation("new@brightside.example", AgencyRole.SubUser), Cancel));
        var before = await Noted();

        foreach (var caller in new[] { Member, Member with { Role = AgencyRole.MainUser } })
        {
            Assert.All(
                new[]
                {
                    await Users.ChangeRoleAsync(caller, Owner.User, AgencyRole.SubUser, Cancel),
                    await Users.ChangeRoleAsync(caller, Member.User, AgencyRole.MainUser, Cancel),
                    await Users.DisableAsync(caller, Owner.User, Cancel),
                    await Users.EnableAsync(caller, Owner.User, Cancel),
                    await Users.ResetTwoFactorAsync(caller, Owner.User, Cancel),
                    await Users.RequireTwoFactorAsync(caller, false, Cancel),
                    (await Handover.RemoveAsync(caller, Owner.User, null, Cancel)).Error,
                    (await Handover.HandRequestsOverAsync(caller, Owner.User, Member.User, Cancel)).Error,
                    await Handover.HandOwnershipOverAsync(caller, Member.User, Cancel),
                    (await Invitations.InviteAsync(
                        caller, new NewInvitation("other@brightside.example", AgencyRole.MainUser), Cancel)).Error,
                    await Invitations.ResendAsync(caller, invited, Cancel),
                    await Invitations.CancelAsync(caller, invited, Cancel),
                },
                refusal => Assert.IsType<NotAllowed>(refusal));
        }

        Assert.IsType<NotAllowed>((await Users.ListAsync(Member, Cancel)).Error);
        Assert.IsType<NotAllowed>((await Invitations.ListAsync(Member, Cancel)).Error);
        Assert.Equal(before, await Noted());
    }

    [Fact]
    public async Task A_changed_role_counts_at_once_ends_the_sessions_and_is_noted()
    {
        var session = await StartSessionAsync(Member);

        Assert.Null(await Users.ChangeRoleAsync(Owner, Member.User, AgencyRole.MainUser, Cancel));
        Assert.Null(await Users.ChangeRoleAsync(Owner, Member.User, AgencyRole.MainUser, Cancel)); // already done: nothing to note

        Assert.Equal(AgencyRole.MainUser, (await FindAsync(Member))!.Role);
        Assert.False(await Sessions.IsAliveAsync(session, Member.User, null, Cancel));
        Assert.Equal([(AuditKind.UserRoleChanged, "The member: MainUser")], await Noted());
    }

    [Fact]
    public async Task A_disabled_user_is_out_at_once_and_in_again_when_enabled()
    {
        var session = await StartSessionAsync(Member);

        Assert.Null(await Users.DisableAsync(Owner, Member.User, Cancel));
        Assert.Null(await Users.DisableAsync(Owner, Member.User, Cancel));

        Assert.Null(await FindAsync(Member));
        Assert.False(await Sessions.IsAliveAsync(session, Member.User, null, Cancel));

        Assert.Null(await Users.EnableAsync(Owner, Member.User, Cancel));
        Assert.Null(await Users.EnableAsync(Owner, Member.User, Cancel));
        Assert.NotNull(await FindAsync(Member));
        Assert.Equal([(AuditKind.UserDisabled, "The member"), (AuditKind.UserEnabled, "The member")], await Noted());
    }

    [Fact]
    public async Task Nobody_takes_rights_from_themselves()
    {
        Assert.IsType<OwnUserRefused>(await Users.ChangeRoleAsync(Owner, Owner.User, AgencyRole.SubUser, Cancel));
        Assert.IsType<OwnUserRefused>(await Users.DisableAsync(Owner, Owner.User, Cancel));
        Assert.IsType<OwnUserRefused>((await Handover.RemoveAsync(Owner, Owner.User, Member.User, Cancel)).Error);
        Assert.NotNull(await FindAsync(Owner));
    }

    [Fact]
    public async Task Other_main_users_cannot_touch_the_owner()
    {
        Assert.Null(await Users.ChangeRoleAsync(Owner, Member.User, AgencyRole.MainUser, Cancel));
        Assert.Null(await Handover.HandOwnershipOverAsync(Owner, Owner.User, Cancel));
        var rebel = Member with { Role = AgencyRole.MainUser };

        Assert.Equal(new OwnerProtected("The owner"), await Users.ChangeRoleAsync(rebel, Owner.User, AgencyRole.SubUser, Cancel));
        Assert.Equal(new OwnerProtected("The owner"), await Users.DisableAsync(rebel, Owner.User, Cancel));
        Assert.Equal(new OwnerProtected("The owner"), (await Handover.RemoveAsync(rebel, Owner.User, null, Cancel)).Error);
        Assert.Equal(AgencyRole.MainUser, (await FindAsync(Owner))!.Role);
    }

    [Theory]
    [InlineData("demote")]
    [InlineData("disable")]
    [InlineData("remove")]
    public async Task Of_two_main_users_who_put_each_other_out_at_the_same_instant_one_stays(string way)
    {
        await using var node = Portal.AnotherNode();
        for (var race = 0; race < Races; race++)
        {
            var agency = await Portal.AddAgencyAsync($"Agency {race}", Cancel);
            AgencyCaller[] racers =
            [
                await Portal.AddUserAsync(agency, AgencyRole.MainUser, "The first", $"first{race}@race.example", Cancel),
                await Portal.AddUserAsync(agency, AgencyRole.MainUser, "The second", $"second{race}@race.example", Cancel),
            ];
            TestPortal[] nodes = [Portal, race % 2 == 0 ? Portal : node];
            using var start = new Barrier(2);

            var errors = await Task.WhenAll(racers.Select((racer, i) => Task.Run(() =>
            {
                start.SignalAndWait(Cancel);
                return PutOutAsync(nodes[i], racer, racers[1 - i].User, way);
            })));

            Assert.IsType<NotAllowed>(Assert.Single(errors, e => e is not null));
            var winner = Array.FindIndex(errors, e => e is null);
            Assert.Equal(AgencyRole.MainUser, (await FindAsync(racers[winner]))!.Role);
            Assert.NotEqual(AgencyRole.MainUser, (await FindAsync(racers[1 - winner]))?.Role);
        }
    }

    [Fact]
    public async Task What_Identity_read_before_cannot_undo_a_change()
    {
        await using var scope = Portal.Scope();
        var identity = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        var stale = (await identity.FindByIdAsync(Member.User.ToString()))!;
        await identity.UpdateSecurityStampAsync(stale);

        Assert.Null(await Users.DisableAsync(Owner, Member.User, Cancel));
        var written = await identity.UpdateAsync(stale);

        Assert.Equal(nameof(IdentityErrorDescriber.ConcurrencyFailure), Assert.Single(written.Errors).Code);
        Assert.Null(await FindAsync(Member));
    }

    [Fact]
    public async Task A_second_factor_is_required_only_by_who_has_one()
    {
        Assert.IsType<SecondFactorMissing>(await Users.RequireTwoFactorAsync(Owner, true, Cancel));
        await AddPasskeyAsync(Member);
        Assert.IsType<SecondFactorMissing>(await Users.RequireTwoFactorAsync(Owner, true, Cancel));
        await AddPasskeyAsync(Owner);

        Assert.Null(await Users.RequireTwoFactorAsync(Owner, true, Cancel));
        Assert.Null(await Users.RequireTwoFactorAsync(Owner, true, Cancel));
        Assert.True((await Portal.Get<AgencyService>().GetAsync(Owner.Agency, Cancel)).RequiresTwoFactor);
        Assert.Null(await Users.RequireTwoFactorAsync(Owner, false, Cancel));

        Assert.False((await Portal.Get<AgencyService>().GetAsync(Owner.Agency, Cancel)).RequiresTwoFactor);
        Assert.Equal([(AuditKind.TwoFactorRequired, null), (AuditKind.TwoFactorOptional, null)], await Noted());
    }

    [Fact]
    public async Task An_authenticator_app_is_a_second_factor_too()
    {
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Users.Where(u => u.Id == Owner.User.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.TwoFactorEnabled, true), Cancel);
        }

        Assert.Null(await Users.RequireTwoFactorAsync(Owner, true, Cancel));
        Assert.True(Value(await Users.ListAsync(Owner, Cancel)).Single(u => u.Id == Owner.User).HasSecondFactor);
    }

    [Fact]
    public async Task What_a_user_began_at_a_platform_comes_to_nothing_when_they_lose_the_right()
    {
        Assert.Null(await Users.ChangeRoleAsync(Owner, Member.User, AgencyRole.MainUser, Cancel));
        var connect = Portal.Get<ConnectService>();
        var ticket = Value(await connect.BeginAsync(Member with { Role = AgencyRole.MainUser }, Facebook, new(), Cancel));

        Assert.Null(await Users.ChangeRoleAsync(Owner, Member.User, AgencyRole.SubUser, Cancel));

        Assert.IsType<ConnectAttemptUnknown>((await connect.StartAsync(Facebook, ticket, null, _ => true, Cancel)).Error);
    }

    private static async Task<PortalError?> PutOutAsync(TestPortal node, AgencyCaller caller, AgencyUserId other, string way) => way switch
    {
        "demote" => await node.Get<UserService>().ChangeRoleAsync(caller, other, AgencyRole.SubUser, Cancel),
        "disable" => await node.Get<UserService>().DisableAsync(caller, other, Cancel),
        _ => (await node.Get<UserHandover>().RemoveAsync(caller, other, null, Cancel)).Error,
    };
}

public sealed class UserServiceTestsOnSqlite() : UserServiceTests(DatabaseProvider.Sqlite);

public sealed class UserServiceTestsOnPostgres() : UserServiceTests(DatabaseProvider.Postgres);
