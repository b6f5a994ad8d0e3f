using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

public abstract class RequestTableTests(DatabaseProvider database) : PortalTest(database)
{
    [Theory]
    [InlineData(RequestSort.Newest)]
    [InlineData(RequestSort.Oldest)]
    [InlineData(RequestSort.Recipient)]
    [InlineData(RequestSort.RecipientDescending)]
    public async Task Paging_to_the_end_and_back_shows_each_row_once_in_order(RequestSort sort)
    {
        var ids = await ManyAsync(11);
        var expected = Sorted(ids, sort).Select(r => r.Id).ToList();

        var forth = new List<RequestPage> { await PageAsync(sort, null) };
        while (forth[^1].HasAfter) forth.Add(await PageAsync(sort, After(forth[^1])));
        var back = new List<RequestPage> { forth[^1] };
        while (back[^1].HasBefore) back.Add(await PageAsync(sort, Before(back[^1])));

        Assert.Equal(expected, forth.SelectMany(p => p.Rows).Select(r => r.Id));
        Assert.Equal(expected, Enumerable.Reverse(back).SelectMany(p => p.Rows).Select(r => r.Id));
        Assert.Equal([4, 4, 3], forth.Select(p => p.Rows.Count));
        Assert.Equal((false, true), (forth[0].HasBefore, forth[0].HasAfter));
        Assert.Equal((true, true), (forth[1].HasBefore, forth[1].HasAfter));
        Assert.Equal((true, false), (forth[2].HasBefore, forth[2].HasAfter));
    }

    [Fact]
    public async Task Requests_saved_and_deleted_meanwhile_do_not_shift_a_page()
    {
        var ids = await ManyAsync(8);
        var first = await PageAsync(RequestSort.Newest, null);

        await ManyAsync(3);
        Value(await Requests.DeleteAsync(Owner, first.Rows[^1].Id, Cancel)); // the row that the cursor names
        var second = await PageAsync(RequestSort.Newest, After(first));

        Assert.Equal(ids.Take(4).Reverse().Select(r => r.Id), second.Rows.Select(r => r.Id));
    }

    [Fact]
    public async Task A_status_filter_shows_only_that_status_in_every_order_and_count()
    {
        var draft = await ARequest().DraftAsync();
        var pending = await ARequest().SentAsync();
        var connected = await ARequest().SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(connected), Cancel));
        var deleted = await ARequest().SentAsync();
        Value(await Requests.DeleteAsync(Owner, deleted.Id, Cancel));

        foreach (var sort in Enum.GetValues<RequestSort>())
        {
            await ShowsAsync(RequestStatus.Draft, sort, draft.Id);
            await ShowsAsync(RequestStatus.Pending, sort, pending.Id);
            await ShowsAsync(RequestStatus.Connected, sort, connected.Id);
            await ShowsAsync(RequestStatus.Expired, sort);
            await ShowsAsync(RequestStatus.Deleted, sort);
        }

        Assert.Equal(3, await Table.CountAsync(Owner.Scope, null, null, Cancel));

        async Task ShowsAsync(RequestStatus status, RequestSort sort, params RequestId[] ids)
        {
            Assert.Equal(
                ids, (await Table.ListAsync(Owner.Scope, new RequestQuery(Status: status, Sort: sort), Cancel)).Rows.Select(r => r.Id));
            Assert.Equal(ids.Length, await Table.CountAsync(Owner.Scope, null, status, Cancel));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_page_has_one_to_a_hundred_rows(int size) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Table.ListAsync(Owner.Scope, new RequestQuery(Size: size), Cancel));

    [Fact]
    public async Task Counting_stops_at_its_limit()
    {
        await ARequest().DraftAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            var columns = db.Model.FindEntityType(typeof(OnboardingRequest))!.GetProperties().Select(p => p.GetColumnName())
                .Where(c => c != "Id").ToList();
            var (names, values) = (string.Join(',', columns.Select(c => $"\"{c}\"")), string.Join(',', columns.Select(c => $"r.\"{c}\"")));
            // EF1002: the names come from the model.
#pragma warning disable EF1002
            await db.Database.ExecuteSqlRawAsync(
                $"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {RequestTable.MaxCounted + 5})
                INSERT INTO requests ("Id",{names}) SELECT r."Id" + n.i,{values} FROM requests r, n
                """, Cancel);
#pragma warning restore EF1002
            Assert.Equal(RequestTable.MaxCounted + 6, await db.Requests.CountAsync(Cancel));
        }

        Assert.Equal(RequestTable.MaxCounted, await Table.CountAsync(Owner.Scope, null, null, Cancel));
    }

    [Theory]
    [InlineData(RequestSort.Newest)]
    [InlineData(RequestSort.RecipientDescending)]
    public async Task All_rows_are_read_page_by_page_each_once_in_order(RequestSort sort)
    {
        var ids = await ManyAsync(11);

        var rows = await Table.ReadAllAsync(Owner.Scope, new RequestQuery(Sort: sort, Size: 4), Cancel).ToListAsync(Cancel);

        Assert.Equal(Sorted(ids, sort).Select(r => r.Id), rows.Select(r => r.Id));
    }

    [Fact]
    public async Task Chosen_rows_come_newest_first_without_those_that_are_gone()
    {
        var ids = await ManyAsync(4);
        Value(await Requests.DeleteAsync(Owner, ids[1].Id, Cancel));

        var rows = await Table.ListChosenAsync(Owner.Scope, [ids[0].Id, ids[1].Id, ids[3].Id, RequestId.None], Cancel);

        Assert.Equal([ids[3].Id, ids[0].Id], rows.Select(r => r.Id));
    }

    private static IEnumerable<(RequestId Id, string Recipient)> Sorted(
        List<(RequestId Id, string Recipient)> rows, RequestSort sort) => sort switch
        {
            RequestSort.Newest => rows.OrderByDescending(r => r.Id.Value),
            RequestSort.Oldest => rows.OrderBy(r => r.Id.Value),
            RequestSort.Recipient => rows.OrderBy(r => r.Recipient, StringComparer.Ordinal).ThenBy(r => r.Id.Value),
            _ => rows.OrderByDescending(r => r.Recipient, StringComparer.Ordinal).ThenByDescending(r => r.Id.Value),
        };

    private static RequestCursor After(RequestPage page) => new(page.Rows[^1].Id, page.Rows[^1].FirstRecipient, Backwards: false);

    private static RequestCursor Before(RequestPage page) => new(page.Rows[0].Id, page.Rows[0].FirstRecipient, Backwards: true);

    private Task<RequestPage> PageAsync(RequestSort sort, RequestCursor? cursor) =>
        Table.ListAsync(Owner.Scope, new RequestQuery(Sort: sort, Cursor: cursor, Size: 4), Cancel);

    /// <summary>Requests of which every third shares its recipient with others, so that order must not stop at the recipient.</summary>
    private async Task<List<(RequestId Id, string Recipient)>> ManyAsync(int count)
    {
        var made = new List<(RequestId, string)>();
        for (var i = 0; i < count; i++)
        {
            var recipient = $"{(char)('a' + (i * 7 % 3))}@bakery.example";
            made.Add(((await ARequest().For(recipient).SentAsync()).Id, recipient));
        }

        return made;
    }
}

public sealed class RequestTableTestsOnSqlite() : RequestTableTests(DatabaseProvider.Sqlite);

public sealed class RequestTableTestsOnPostgres() : RequestTableTests(DatabaseProvider.Postgres);
