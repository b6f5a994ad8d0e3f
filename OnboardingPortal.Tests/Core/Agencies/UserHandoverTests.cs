using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract class UserHandoverTests(DatabaseProvider database) : UserTest(database)
{
    [Fact]
    public async Task A_removed_user_leaves_their_requests_to_the_heir_and_nothing_else()
    {
        var heir = await Portal.AddUserAsync(Owner.Agency, AgencyRole.SubUser, "The heir", "heir@brightside.example", Cancel);
        var request = await ARequest().By(Member).SentAsync();
        var others = await ARequest().SentAsync();
        await AddPasskeyAsync(Member);
        await AddTokenAsync();
        await StartSessionAsync(Member);
        Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(
            Owner, TestPortal.NewSettings with { MailedOnLostAccess = new MailedPeople(false, true, [Member.User, heir.User], []) },
            Cancel));

        Assert.Equal(1, Value(await Handover.RemoveAsync(Owner, Member.User, heir.User, Cancel)));

        var moved = (await DetailsOf(request.Id)).Request;
        Assert.Equal((heir.User, "The heir"), (moved.RequesterId, moved.RequesterName));
        Assert.Equal(Owner.User, (await DetailsOf(others.Id)).Request.RequesterId);
        Assert.Equal([heir.User], (await Portal.Get<AgencyService>().GetAsync(Owner.Agency, Cancel)).MailedOnLostAccess.Users);
        Assert.Null(await FindAsync(Member));
        Assert.DoesNotContain(Value(await Users.ListAsync(Owner, Cancel)), u => u.Id == Member.User);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var id = Member.User.Value;
        Assert.Equal((0, 0, 0), (
            await db.UserPasskeys.CountAsync(p => p.UserId == id, Cancel), await db.UserTokens.CountAsync(t => t.UserId == id, Cancel),
            await db.UserSessions.CountAsync(s => s.UserId == Member.User, Cancel)));
        Assert.Equal(
            [(AuditKind.SettingsChanged, "MailedOnLostAccess"), (AuditKind.RequestsHandedOver, "The member → The heir"),
                (AuditKind.UserRemoved, "The member")], await Noted());
    }

    [Fact]
    public async Task Who_removes_gets_the_requests_when_nobody_else_is_named_and_is_mailed_about_them()
    {
        var request = await ARequest().By(Member).SentAsync();
        await Outbox.DeliverAsync(Cancel);
        var baker = await AParticipant(request);

        Assert.Equal(1, Value(await Handover.RemoveAsync(Owner, Member.User, heir: null, Cancel)));

        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));
        await Outbox.DeliverAsync(Cancel);
        Assert.Equal(Owner.Email, Mail.Taken[^1].To);
    }

    [Fact]
    public async Task A_client_who_looks_while_requests_move_loses_nothing()
    {
        var request = await ARequest().By(Member).SentAsync();
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var stale = await db.Requests.SingleAsync(r => r.Id == request.Id, Cancel);

        Value(await Handover.RemoveAsync(Owner, Member.User, null, Cancel));

        stale.MarkOpened(Clock.Now);
        stale.Summarize();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Cancel)); // RequestChanges then does it again
        Assert.Null(await Links.OpenAsync(request.Token, null, Cancel));
        Assert.Equal(
            (Owner.User, Clock.Now), ((await DetailsOf(request.Id)).Request.RequesterId, (await DetailsOf(request.Id)).Request.OpenedAt));
    }

    [Fact]
    public async Task Requests_go_only_to_another_user_of_the_agency_who_can_sign_in()
    {
        await ARequest().By(Member).SentAsync();
        var disabled = await Portal.AddUserAsync(Owner.Agency, AgencyRole.SubUser, "Disabled", "disabled@brightside.example", Cancel);
        Assert.Null(await Users.DisableAsync(Owner, disabled.User, Cancel));

        foreach (var heir in new[] { Member.User, disabled.User, Stranger.User })
        {
            Assert.IsType<HeirRefused>((await Handover.RemoveAsync(Owner, Member.User, heir, Cancel)).Error);
            Assert.IsType<HeirRefused>((await Handover.HandRequestsOverAsync(Owner, Member.User, heir, Cancel)).Error);
        }

        Assert.IsType<UserNotFound>((await Handover.HandRequestsOverAsync(Owner, Stranger.User, Owner.User, Cancel)).Error);
        Assert.NotNull(await FindAsync(Member));
    }

    [Fact]
    public async Task Requests_can_move_while_their_user_stays_and_open_pages_hear_of_it()
    {
        var request = await ARequest().By(Member).SentAsync();
        var told = new TaskCompletionSource<RequestChanged>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Portal.Get<RequestFeed>().Subscribe(Owner, change => told.TrySetResult(change));

        Assert.Equal(1, Value(await Handover.HandRequestsOverAsync(Owner, Member.User, Owner.User, Cancel)));
        Assert.Equal(0, Value(await Handover.HandRequestsOverAsync(Owner, Member.User, Owner.User, Cancel)));

        var news = await told.Task.WaitAsync(Cancel);
        Assert.Equal((request.Id, Owner.User), (news.Id, news.Row!.RequesterId));
        Assert.NotNull(await FindAsync(Member));
        Assert.Equal([(AuditKind.RequestsHandedOver, "The member → The owner")], await Noted());
    }

    [Fact]
    public async Task Ownership_passes_from_the_owner_to_a_main_user_who_can_sign_in()
    {
        Assert.IsType<NewOwnerRefused>(await Handover.HandOwnershipOverAsync(Owner, Member.User, Cancel));
        Assert.IsType<UserNotFound>(await Handover.HandOwnershipOverAsync(Owner, Stranger.User, Cancel));
        Assert.Null(await Users.ChangeRoleAsync(Owner, Member.User, AgencyRole.MainUser, Cancel));
        Assert.Null(await Users.DisableAsync(Owner, Member.User, Cancel));
        Assert.IsType<NewOwnerRefused>(await Handover.HandOwnershipOverAsync(Owner, Member.User, Cancel));
        Assert.Null(await Users.EnableAsync(Owner, Member.User, Cancel));

        Assert.Null(await Handover.HandOwnershipOverAsync(Owner, Member.User, Cancel));

        Assert.Equal(new OwnershipRefused("The member"), await Handover.HandOwnershipOverAsync(Owner, Owner.User, Cancel));
        var owner = Member with { Role = AgencyRole.MainUser };
        Assert.Null(await Handover.HandOwnershipOverAsync(owner, Owner.User, Cancel));
        Assert.Equal(
            [(AuditKind.OwnershipHandedOver, "The member"), (AuditKind.OwnershipHandedOver, "The owner")],
            (await Noted()).Where(n => n.Kind == AuditKind.OwnershipHandedOver));
    }

    private async Task AddTokenAsync()
    {
        await using var db = Portal.Contexts.CreateForSystem();
        db.UserTokens.Add(
            new IdentityUserToken<long> { UserId = Member.User.Value, LoginProvider = "App", Name = "Key", Value = "secret" });
        await db.SaveChangesAsync(Cancel);
    }
}

public sealed class UserHandoverTestsOnSqlite() : UserHandoverTests(DatabaseProvider.Sqlite);

public sealed class UserHandoverTestsOnPostgres() : UserHandoverTests(DatabaseProvider.Postgres);
