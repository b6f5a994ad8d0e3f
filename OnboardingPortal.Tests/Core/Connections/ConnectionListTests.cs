using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Connections;

/// <summary>What programs read of an agency's accounts, page by page.</summary>
public abstract class ConnectionListTests(DatabaseProvider database) : PortalTest(database)
{
    private ConnectionList List => Portal.Get<ConnectionList>();

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_and_without_a_repeat()
    {
        var baker = await AParticipant(await ARequest().SentAsync());
        List<long> made = [];
        for (var i = 0; i < 5; i++) made.Add((await AnAccount(baker, Mailchimp, $"account-{i}", $"Bakery {i}")).Value);

        List<long> read = [];
        for (ConnectionPage? page = null; page is not { HasMore: false };)
        {
            page = await List.ListAsync(Owner.Scope, read.Count == 0 ? null : read[^1], 2, Cancel);
            read.AddRange(page.Lines.Select(l => l.Id));
        }

        Assert.Equal(Enumerable.Reverse(made), read);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => List.ListAsync(Owner.Scope, null, 0, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => List.ListAsync(Owner.Scope, null, 101, Cancel));
    }

    [Fact]
    public async Task What_came_through_a_request_that_the_reader_does_not_see_is_left_out()
    {
        var own = await AnAccount(await AParticipant(await ARequest().SentAsync()), Mailchimp, "account-1", "Own");
        await AnAccount(await AParticipant(await ARequest().By(Member).SentAsync()), Mailchimp, "account-2", "Theirs");

        var line = Assert.Single(
            (await List.ListAsync((Owner with { Visibility = RequestVisibility.OnlyRequester }).Scope, null, 100, Cancel)).Lines);

        Assert.Equal((own.Value, ConnectionState.Active, Mailchimp), (line.Id, line.AccountState, line.Platform));
        Assert.Equal(2, (await List.ListAsync(Owner.Scope, null, 100, Cancel)).Lines.Count);
    }
}

public sealed class ConnectionListTestsOnSqlite() : ConnectionListTests(DatabaseProvider.Sqlite);

public sealed class ConnectionListTestsOnPostgres() : ConnectionListTests(DatabaseProvider.Postgres);
