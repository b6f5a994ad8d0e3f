using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Events;
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
        Assert.Equal([_members.Id], await Table.ReadAllAsync(member.Scope, new RequestQuery(), Cancel).Select(r => r.Id).ToListAsync(Cancel));
        Assert.Equal([_members.Id], (await Table.ListChosenAsync(member.Scope, [_owners.Id, _members.Id], Cancel)).Select(r => r.Id));
        Assert.Null(await Table.FindAsync(member.Scope, _owners.Id, Cancel));
        Assert.Null(await Portal.Get<RequestDetailsReader>().FindAsync(member.Scope, _owners.Id, Cancel));
        Assert.All(await Portal.Get<RequestDetailsReader>().ListNewestEventsAsync(member.Scope, 100, Cancel), e => Assert.Equal(_members.Id, e.RequestId));
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
            Assert.IsType<RequestNotFound>((await Portal.Get<RequestEditor>().FindAsync(stranger, id, Cancel)).Error);
            Assert.IsType<RequestNotFound>(await Portal.Get<RequestEditor>().SaveAsync(stranger, id, new RequestEdit("m", [Mailchimp], null, null), Cancel));
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
        using var watching = Portal.Get<RequestFeed>().Subscribe(Member.Agency, Member.User, news =>
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

    private async Task HideAsync() => Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(
        Owner, TestPortal.NewSettings with { Visibility = RequestVisibility.OnlyRequester }, Cancel));

    /// <summary>The user as a page sees them at this moment.</summary>
    private async Task<AgencyCaller> NowAsync(AgencyCaller user) =>
        await Portal.Get<AgencyService>().FindCallerAsync(user.User, null, Cancel) ?? throw new InvalidOperationException("The user is gone.");

    private async Task<RequestId[]> SeenBy(AgencyCaller user, RequestQuery? query = null) =>
        [.. (await Table.ListAsync(user.Scope, query ?? new RequestQuery(), Cancel)).Rows.Select(r => r.Id)];
}

public sealed class SqliteVisibilityTests() : VisibilityTests(DatabaseProvider.Sqlite);

public sealed class PostgresVisibilityTests() : VisibilityTests(DatabaseProvider.Postgres);
