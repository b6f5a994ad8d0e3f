using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>Who sees whose requests within an agency.</summary>
public abstract class VisibilityTests(DatabaseProvider database) : PortalTest(database)
{
    private GivenRequest _owners = null!;
    private GivenRequest _members = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _owners = await ARequest().By(Owner).For("hello@bakery.example").SentAsync();
        _members = await ARequest().By(Member).For("info@bakery.example").SentAsync();
    }

    [Fact]
    public async Task By_default_everyone_sees_every_request()
    {
        foreach (var user in new[] { Owner, Member })
        {
            Assert.Equal([_members.Id, _owners.Id], await SeenBy(await NowAsync(user)));
        }
    }

    [Fact]
    public async Task Where_only_the_requester_sees_them_main_users_and_sub_users_do_not_see_each_others()
    {
        await HideAsync();
        var (owner, member) = (await NowAsync(Owner), await NowAsync(Member));

        foreach (var sort in Enum.GetValues<RequestSort>())
        {
            Assert.Equal([_owners.Id], await SeenBy(owner, new RequestQuery(Sort: sort)));
            Assert.Equal([_members.Id], await SeenBy(member, new RequestQuery(Sort: sort)));
            Assert.Equal([_members.Id], await SeenBy(member, new RequestQuery("bakery", Sort: sort)));
            Assert.Equal([_members.Id], await SeenBy(member, new RequestQuery(Status: RequestStatus.Pending, Sort: sort)));
        }

        Assert.Equal(1, await Table.CountAsync(member.Scope, null, null, Cancel));
        Assert.Equal(1, await Table.CountAsync(member.Scope, "bakery", RequestStatus.Pending, Cancel));
        Assert.Equal(
            [_members.Id], await Table.ReadAllAsync(member.Scope, new RequestQuery(), Cancel).Select(r => r.Id).ToListAsync(Cancel));
        Assert.Equal([_members.Id], (await Table.ListChosenAsync(member.Scope, [_owners.Id, _members.Id], Cancel)).Select(r => r.Id));
        Assert.Null(await Table.FindAsync(member.Scope, _owners.Id, Cancel));
        Assert.Null(await Portal.Get<RequestDetailsReader>().FindAsync(member.Scope, _owners.Id, Cancel));
        Assert.All(
            await Portal.Get<RequestDetailsReader>().ListNewestEventsAsync(member.Scope, 100, Cancel),
            e => Assert.Equal(_members.Id, e.RequestId));
    }

    [Fact]
    public async Task A_request_that_is_not_seen_cannot_be_sent_copied_or_deleted_by_its_number()
    {
        await HideAsync();

        foreach (var (stranger, id) in new[] { (await NowAsync(Member), _owners.Id), (await NowAsync(Owner), _members.Id) })
        {
            Assert.IsType<RequestNotFound>((await Requests.SendAsync(stranger, id, "thief@bakery.example", Cancel)).Error);
            Assert.IsType<RequestNotFound>((await Requests.ResendAsync(stranger, id, Cancel)).Error);
            Assert.IsType<RequestNotFound>((await Requests.RenewAsync(stranger, id, Cancel)).Error);
            Assert.IsType<RequestNotFound>((await Requests.ReplaceLinkAsync(stranger, id, Cancel)).Error);
            var recipient = (await DetailsOf(id)).Request.Recipients[0].Id;
            Assert.IsType<RequestNotFound>((await Portal.Get<RecipientLinks>().ReplaceAsync(stranger, id, recipient, Cancel)).Error);
            Assert.IsType<RequestNotFound>((await Portal.Get<RequestEditor>().FindAsync(stranger, id, Cancel)).Error);
            Assert.IsType<RequestNotFound>(
                await Portal.Get<RequestEditor>().SaveAsync(stranger, id, new RequestTerms("m", [Mailchimp], null, null), Cancel));
            Assert.IsType<RequestNotFound>((await Requests.CopyLinkAsync(stranger, id, Cancel)).Error);
            Assert.IsType<RequestNotFound>((await Requests.DeleteAsync(stranger, id, Cancel)).Error);
        }

        Assert.Equal(1, (await DetailsOf(_owners.Id)).Request.RecipientCount);
    }

    [Fact]
    public async Task Watchers_hear_of_what_they_see_and_of_nothing_else()
    {
        var heard = new System.Collections.Concurrent.ConcurrentDictionary<RequestId, RequestRow?>();
        var both = new TaskCompletionSource();
        using var watching = Portal.Get<RequestFeed>().Subscribe(Member, news =>
        {
            heard[news.Id] = news.Row;
            if (heard.Count == 2) both.TrySetResult();
        });

        await HideAsync(); // while the page is open already
        Assert.True((await Requests.CopyLinkAsync(await NowAsync(Member), _members.Id, Cancel)).Succeeded);
        Assert.True((await Requests.CopyLinkAsync(await NowAsync(Owner), _owners.Id, Cancel)).Succeeded);
        await both.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.NotNull(heard[_members.Id]);
        Assert.Null(heard[_owners.Id]); // as if it were deleted: an id, and no address
    }

    [Fact]
    public async Task What_came_through_a_request_that_is_not_seen_is_neither_listed_nor_checked_nor_taken_away()
    {
        var (owners, members) = (await AnAccountOf(_owners, "Hidden Bakery"), await AnAccountOf(_members, "Own Bakery"));
        await HideAsync();
        var list = Portal.Get<ConnectionList>();

        foreach (var (user, mine, hidden) in new[] { (Member, members, owners), (Owner, owners, members) })
        {
            var caller = await NowAsync(user);
            Assert.Equal([mine], (await list.ListAccountsAsync(caller.Scope, Cancel)).Select(a => a.Id));
            Assert.Equal([$"act_{mine}"], (await list.ListAssetsAsync(caller.Scope, Cancel)).Select(a => a.ExternalId));
            Assert.Equal(
                [$"act_{mine}"],
                (await list.ListAsync(caller.Scope, null, 100, Cancel)).Lines.Where(l => l.Asset is not null).Select(l => l.ExternalId));
            Assert.IsType<ConnectionNotFound>(await Portal.Get<ConnectedAccounts>().CheckAsync(caller, hidden, Cancel));
            var mainUser = caller with { Role = AgencyRole.MainUser };
            Assert.IsType<ConnectionNotFound>((await Portal.Get<ConnectedAccounts>().DisconnectAsync(mainUser, hidden, Cancel)).Error);
        }

        Assert.Empty(Http.Calls); // no platform was asked with credentials of somebody else's client
    }

    [Fact]
    public async Task The_agencys_own_accounts_and_Facebook_users_are_everybodys()
    {
        var signIn = new PlatformSignIn(new PlatformAccount("own-1", "Our own", null), new PlatformCredentials("t", null, null, null));
        var own = await Portal.Get<AgencyAccounts>().AttachAsync(Owner.Agency, Owner.Actor, Mailchimp, signIn, Cancel);
        await HideAsync();

        Assert.Equal(
            [own], (await Portal.Get<ConnectionList>().ListAccountsAsync((await NowAsync(Member)).Scope, Cancel)).Select(a => a.Id));
    }

    [Fact]
    public async Task A_mail_of_a_request_that_is_not_seen_is_not_among_those_given_up()
    {
        Mail.BeforeTaking = m => throw new EmailRefusedException($"550 No such user: {m.To}");
        await Outbox.DeliverAsync(Cancel);
        var mails = Portal.Get<GivenUpMails>();
        var hidden = Assert.Single(await mails.ListAsync(Owner, null, Cancel), m => m.Request == _members.Id);
        await HideAsync();

        Assert.DoesNotContain(await mails.ListAsync(await NowAsync(Owner), null, Cancel), m => m.Request == _members.Id);
        Assert.Contains(await mails.ListAsync(await NowAsync(Owner), null, Cancel), m => m.Request == _owners.Id);
        Assert.IsType<MailNotGivenUp>(await mails.SendAgainAsync(await NowAsync(Owner), hidden.Id, Cancel));
    }

    /// <summary>An account that a client connected through a request, and an ad account that they chose in it.</summary>
    private async Task<ConnectionId> AnAccountOf(GivenRequest request, string name)
    {
        var connection = await AnAccount(await AParticipant(request), Mailchimp, $"account of {name}", name);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var choice = new AssetChoice(AssetKind.AdAccount, $"act_{connection}", $"{name} ads", null, false);
        db.Assets.Add(new ConnectedAsset(AssetId.New(Clock), db.Connections.Single(c => c.Id == connection), choice, Clock.Now));
        await db.SaveChangesAsync(Cancel);
        return connection;
    }

    private async Task HideAsync() => Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(
        Owner, TestPortal.NewSettings with { Visibility = RequestVisibility.OnlyRequester }, Cancel));

    /// <summary>The user as a page sees them at this moment.</summary>
    private async Task<AgencyCaller> NowAsync(AgencyCaller user) =>
        await Portal.Get<AgencyService>().FindCallerAsync(user.User, null, Cancel)
            ?? throw new InvalidOperationException("The user is gone.");

    private async Task<RequestId[]> SeenBy(AgencyCaller user, RequestQuery? query = null) =>
        [.. (await Table.ListAsync(user.Scope, query ?? new RequestQuery(), Cancel)).Rows.Select(r => r.Id)];
}

public sealed class SqliteVisibilityTests() : VisibilityTests(DatabaseProvider.Sqlite);

public sealed class PostgresVisibilityTests() : VisibilityTests(DatabaseProvider.Postgres);
