using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

public abstract class RequestSearchTests(DatabaseProvider database) : PortalTest(database)
{
    [Theory]
    [InlineData("bakery")]
    [InlineData("BAKE")]
    [InlineData("blue-bakery.example")]
    [InlineData("front.desk@blue-bakery.example")]
    [InlineData("bäckerei")]
    [InlineData("backerei")]
    [InlineData("BÄCKEREI")]
    [InlineData("Ba\u0308ckerei")]
    [InlineData("müller groß")]
    [InlineData("grosse baker müll")]
    [InlineData("李雷")]
    [InlineData("o'neil")]
    [InlineData("route66")]
    [InlineData("1e5")]
    [InlineData("0x1f 007")]
    [InlineData("ﬁne")]
    public async Task A_request_is_found_by_the_beginnings_of_its_words(string search)
    {
        var request = await FindableAsync();

        Assert.Equal([request.Id], await FoundAsync(search));
        Assert.Equal(1, await Table.CountAsync(Owner.Scope, search, null, Cancel));
    }

    [Theory]
    [InlineData("akery")]
    [InlineData("bakery nobody")]
    [InlineData("ü")]
    public async Task A_word_that_no_word_begins_with_finds_nothing(string search)
    {
        await FindableAsync();

        Assert.Empty(await FoundAsync(search));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("bakery\"")]
    [InlineData("\"bakery\" OR \"x")]
    [InlineData("bakery*")]
    [InlineData("words:bakery")]
    [InlineData("bakery NEAR(front")]
    [InlineData("bakery AND")]
    [InlineData("-bakery")]
    [InlineData("bakery & | ! :* <->")]
    [InlineData("bakery' OR '1'='1")]
    [InlineData("bakery'); DROP TABLE requests; --")]
    [InlineData("bakery\0")]
    [InlineData("^bakery (")]
    [InlineData("{words} : bakery")]
    [InlineData("bakery\\")]
    [InlineData("💥 bakery")]
    public async Task The_index_syntax_is_only_text(string search)
    {
        var request = await FindableAsync();

        var found = await FoundAsync(search);

        Assert.True(found.Count == 0 || found.SequenceEqual([request.Id]));
        Assert.Equal([request.Id], await FoundAsync("bakery"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\"*?!")]
    [InlineData("💥")]
    public async Task A_search_without_a_word_is_no_search(string search)
    {
        var request = await FindableAsync();

        Assert.Equal([request.Id], await FoundAsync(search));
    }

    [Fact]
    public async Task A_search_may_be_cut_anywhere()
    {
        await FindableAsync();

        Assert.Empty(await FoundAsync(new string('x', RequestSearch.MaxLength - 1) + "😀"));
        Assert.Empty(await FoundAsync(new string('x', 100_000)));
    }

    [Fact]
    public async Task Another_agencys_word_opens_nothing()
    {
        var theirs = await ARequest().By(Stranger).For("secret@harbour.example").SentAsync();
        await FindableAsync();

        Assert.Empty(await FoundAsync("secret"));
        Assert.Empty(await FoundAsync($"agency{Stranger.Agency}"));
        Assert.Empty(await FoundAsync($"agency{Stranger.Agency} secret"));
        Assert.Equal([theirs.Id], (await Table.ListAsync(Stranger.Scope, new RequestQuery("secret"), Cancel)).Rows.Select(r => r.Id));
    }

    [Fact]
    public async Task What_is_gone_is_not_found_any_more()
    {
        var request = await ARequest().For("bye@bakery.example").SentAsync();
        var baker = await AParticipant(request);
        var account = await AnAccount(baker, Mailchimp, name: "Sunflower");
        Assert.Single(await FoundAsync("sunflower"));

        Assert.Null(await Wizard.RemoveAccountAsync(baker, account, Cancel));
        Assert.Empty(await FoundAsync("sunflower"));
        Value(await Requests.DeleteAsync(Owner, request.Id, Cancel));

        Assert.Empty(await FoundAsync("bye"));
    }

    [Fact]
    public async Task A_search_is_paged_sorted_and_filtered_as_the_list_is()
    {
        var ids = new List<RequestId>();
        for (var i = 0; i < 5; i++) ids.Add((await ARequest().For($"a{i}@bakery.example").SentAsync()).Id);
        await ARequest().For("x@garage.example").SentAsync();

        var first = await Table.ListAsync(Owner.Scope, new RequestQuery("bakery", Sort: RequestSort.Oldest, Size: 3), Cancel);
        var second = await Table.ListAsync(
            Owner.Scope,
            new RequestQuery("bakery", Sort: RequestSort.Oldest, Size: 3, Cursor: new RequestCursor(first.Rows[^1].Id, "", false)), Cancel);

        Assert.Equal(ids, first.Rows.Concat(second.Rows).Select(r => r.Id));
        Assert.Equal((true, false), (first.HasAfter, second.HasAfter));
        Assert.Empty((await Table.ListAsync(Owner.Scope, new RequestQuery("bakery", RequestStatus.Connected), Cancel)).Rows);
    }

    private async Task<GivenRequest> FindableAsync()
    {
        var request = await ARequest().For("front.desk@blue-bakery.example").SentAsync();
        var baker = await AParticipant(request, "Baker Müller-Große O'Neil");
        await AnAccount(baker, Mailchimp, "m1", "Bäckerei \"Blau\" 李雷");
        await AnAccount(baker, Mailchimp, "m2", "Route66 1e5 0x1f 007 ﬁne");
        return request;
    }

    private async Task<IReadOnlyList<RequestId>> FoundAsync(string search) =>
        [.. (await Table.ListAsync(Owner.Scope, new RequestQuery(search), Cancel)).Rows.Select(r => r.Id)];
}

public sealed class RequestSearchTestsOnSqlite() : RequestSearchTests(DatabaseProvider.Sqlite);

public sealed class RequestSearchTestsOnPostgres() : RequestSearchTests(DatabaseProvider.Postgres);
