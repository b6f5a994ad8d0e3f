using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Google;
using OnboardingPortal.Sandbox;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>
/// What every source of people must meet, tried at its platform's stand-in with the test people there. A source that is registered comes
/// under it by itself; test people that its platform does not have are passed over.
/// </summary>
public sealed class ContactSourceContract(ContactHost host) : ContactTest(host)
{
    private const string Many = "All customers";

    private static readonly string[] NoKeys =
    [
        "", " ", "..", "../../users/me", "1/../../users", "1/..", "1?limit=1", "1#x", "1%2F..%2F", "1;2", "https://elsewhere.example/",
        "//x", "list:../x", "list:ab12/..", "segment:ab12/../..", "segment:ab12", "tag:/1", "segment:https://elsewhere.example/1",
        "list:ab12?x=y", "list:ab12\n", "17\n", "17\r\nHost: elsewhere.example", "1' OR '1'='1", "\u0000", "１７", new('1', 5000),
    ];

    [Fact]
    public async Task Each_platform_tells_the_lists_of_an_account_and_what_is_kept_of_their_people()
    {
        foreach (var (source, credentials) in await AllAsync())
        {
            var lists = Value(await source.ListAsync(credentials, Cancel));
            Assert.InRange(lists.Count, 1, 1000);
            Assert.Equal(lists.Count, lists.Select(l => l.Key).Distinct().Count());
            Assert.All(lists, l => Assert.False(string.IsNullOrWhiteSpace(l.Name)));

            foreach (var list in lists)
            {
                var fields = Value(await source.FieldsAsync(credentials, list.Key, Cancel));
                Assert.NotEmpty(fields);
                Assert.Equal(fields.Count, fields.Select(f => f.Key).Distinct().Count());
                Assert.All(fields, f => Assert.False(string.IsNullOrWhiteSpace(f.Name)));
            }

            Assert.True(source.PeopleAMinute > 0);
        }
    }

    [Fact]
    public async Task Everybody_of_a_list_is_read_once_and_those_who_opted_out_are_marked()
    {
        foreach (var (source, credentials) in await AllAsync())
        {
            var list = await ListAsync(source, credentials, Many);
            var selection = await WholeAsync(source, credentials, list.Key);

            var people = await ReadAsync(source, credentials, selection);

            Assert.True(people.Count > 100, $"{source.Platform} tells of {people.Count}");
            Assert.Equal(people.Count, people.Select(p => p.Id).Distinct().Count());
            Assert.All(people, p => Assert.Equal(selection.Fields.Count, p.Values.Count));
            if (source.Platform != GoogleDefaults.AdsKey) // lead forms do not ask
                Assert.InRange(people.Count(p => p.IsOptedOut), 1, people.Count / 2);
            var addresses = people.Count(p => p.Values.Any(v => v?.Contains("@example.", StringComparison.Ordinal) is true));
            Assert.True(addresses > people.Count / 2);
        }
    }

    [Fact]
    public async Task A_reading_goes_on_from_a_cursor_that_was_kept()
    {
        foreach (var (source, credentials) in await AllAsync())
        {
            var list = await ListAsync(source, credentials, Many);
            var selection = await WholeAsync(source, credentials, list.Key);
            var first = Value(await source.ReadAsync(credentials, selection, null, Cancel));
            Assert.NotNull(first.Next);

            var rest = await ReadAsync(source, credentials, selection, first.Next);
            var again = await ReadAsync(source, credentials, selection, first.Next);

            Assert.Equal(rest.Select(p => p.Id), again.Select(p => p.Id));
            Assert.Empty(rest.Select(p => p.Id).Intersect(first.People.Select(p => p.Id)));
        }
    }

    [Fact]
    public async Task Whoever_stays_in_a_list_that_changes_meanwhile_is_read()
    {
        foreach (var (source, credentials) in await AllAsync())
        {
            // A whole list of the sandbox is one window of a sheet, which nobody can change in its midst.
            if (!Host.StandIn(source.Platform).HasContacts || source.Platform == GoogleDefaults.SheetsKey) continue;
            var list = await ListAsync(source, credentials, Many);
            var selection = await WholeAsync(source, credentials, list.Key);
            var before = await ReadAsync(source, credentials, selection);

            var meanwhile = await ReadAsync(source, credentials, selection, afterPage: page =>
            {
                if (page == 2) Change();
                return Task.CompletedTask;
            });
            var after = await ReadAsync(source, credentials, selection);
            Change();

            var stayed = before.Select(p => p.Id).Intersect(after.Select(p => p.Id)).ToList();
            Assert.NotEqual(before.Count, after.Count);
            Assert.True(stayed.Count > before.Count * 0.99);
            Assert.Empty(stayed.Except(meanwhile.Select(p => p.Id)));
            if (source.Platform != GoogleDefaults.AdsKey)
                Assert.True(after.Count(p => p.IsOptedOut) > before.Count(p => p.IsOptedOut));

            void Change() => Host.Lists.Change(source.Platform.Value, "all-well");
        }
    }

    [Fact]
    public async Task A_list_that_no_list_of_the_platform_can_be_is_not_asked_for()
    {
        foreach (var (source, credentials) in await AllAsync())
        {
            Host.Forget();
            foreach (var key in NoKeys)
            {
                var selection = new ContactSelection(key, [new("email", "Email")]);
                Assert.Equal(PlatformFailureKind.NotFound, Failed(await source.FieldsAsync(credentials, key, Cancel)).Kind);
                Assert.Equal(PlatformFailureKind.NotFound, Failed(await source.ReadAsync(credentials, selection, null, Cancel)).Kind);
                Assert.Equal(PlatformFailureKind.NotFound, Failed(await source.ReadAsync(credentials, selection, "1:2:3", Cancel)).Kind);
            }

            Assert.Empty(Host.Calls);
        }
    }

    [Fact]
    public async Task A_field_that_is_gone_is_named_before_anybody_is_read()
    {
        foreach (var (source, credentials) in await AllAsync())
        {
            var list = await ListAsync(source, credentials, Many);
            var whole = await WholeAsync(source, credentials, list.Key);
            var selection = whole with { Fields = [whole.Fields[0], new ContactField("no_such_field", "Favourite bread")] };

            var gone = Assert.IsType<ContactFieldsGone>((await source.ReadAsync(credentials, selection, null, Cancel)).Error);

            Assert.Equal(["Favourite bread"], gone.Names);
        }
    }

    [Fact]
    public async Task Access_that_was_taken_back_is_told_as_such()
    {
        foreach (var source in Host.Sources)
        {
            var credentials = await Host.ConnectAsync(Host.Person(source.Platform, "Second account")!, Cancel);
            var list = await ListAsync(source, credentials, "Newsletter");
            var selection = await WholeAsync(source, credentials, list.Key);
            Host.Get<SandboxTokens>().RevokeAll(source.Platform.Value, "second-account");

            Assert.Equal(PlatformFailureKind.AuthExpired, Failed(await source.ListAsync(credentials, Cancel)).Kind);
            Assert.Equal(PlatformFailureKind.AuthExpired, Failed(await source.FieldsAsync(credentials, list.Key, Cancel)).Kind);
            Assert.Equal(PlatformFailureKind.AuthExpired, Failed(await source.ReadAsync(credentials, selection, null, Cancel)).Kind);
        }
    }

    [Fact]
    public async Task An_account_without_lists_has_none()
    {
        foreach (var (source, credentials, _) in await ThoseAsync(SandboxBehaviour.HasNoLists))
            Assert.Empty(Value(await source.ListAsync(credentials, Cancel)));
    }

    [Theory]
    [InlineData(SandboxBehaviour.ListGoesWhileRead, PlatformFailureKind.NotFound)]
    [InlineData(SandboxBehaviour.TokenDiesWhileRead, PlatformFailureKind.AuthExpired)]
    public async Task A_reading_that_cannot_be_ended_says_why(SandboxBehaviour behaviour, PlatformFailureKind kind)
    {
        foreach (var (source, credentials, list) in await ThoseAsync(behaviour))
        {
            var selection = await WholeAsync(source, credentials, list!.Key);
            var page = await source.ReadAsync(credentials, selection, null, Cancel);
            while (page.Succeeded)
            {
                Assert.NotNull(page.Value.Next); // what was told so far is never taken for everything
                page = await source.ReadAsync(credentials, selection, page.Value.Next, Cancel);
            }

            Assert.Equal((source.Platform, kind), (source.Platform, Failed(page).Kind));
        }
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_waited_for_and_the_reading_goes_on_where_it_was()
    {
        foreach (var (source, credentials, list) in await ThoseAsync(SandboxBehaviour.QuotaWhileRead))
        {
            var selection = await WholeAsync(source, credentials, list!.Key);
            var (ids, cursor, waits) = (new List<string>(), (string?)null, 0);
            do
            {
                var page = await source.ReadAsync(credentials, selection, cursor, Cancel);
                if (page.Error is PlatformFailure { Kind: PlatformFailureKind.RateLimited, RetryAfter: { } wait })
                {
                    Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
                    Assert.InRange(++waits, 1, 20);
                    if (wait > PlatformTransport.LongestWait)
                    {
                        Host.Forget();
                        Assert.False((await source.ReadAsync(credentials, selection, cursor, Cancel)).Succeeded);
                        Assert.Empty(Host.Calls); // it is left alone meanwhile
                    }

                    Host.Clock.Advance(wait);
                    continue;
                }

                ids.AddRange(Value(page).People.Select(p => p.Id));
                cursor = Value(page).Next;
            }
            while (cursor is not null || ids.Count == 0);

            Assert.True(waits > 0, $"{source.Platform} never used the quota up");
            Assert.True(ids.Count > 2400 && ids.Count == ids.Distinct().Count());
        }
    }

    [Fact]
    public async Task A_cursor_of_another_platform_is_refused_or_answered_but_never_thrown_at()
    {
        foreach (var (source, credentials) in await AllAsync())
        {
            var list = await ListAsync(source, credentials, Many);
            var selection = await WholeAsync(source, credentials, list.Key);
            foreach (var cursor in new[] { "", ":", "x", "1:2", "-1:0:0", "../..", "https://elsewhere.example/", "&limit=1", "\n" })
            {
                var page = await source.ReadAsync(credentials, selection, cursor, Cancel);
                if (!page.Succeeded) Assert.NotEqual(PlatformFailureKind.AuthExpired, Failed(page).Kind);
            }
        }
    }

    private async Task<List<(IContactSource Source, PlatformCredentials Credentials)>> AllAsync()
    {
        var all = new List<(IContactSource, PlatformCredentials)>();
        foreach (var source in Host.Sources)
            all.Add((source, await Host.ConnectAsync(Host.Person(source.Platform, "All well")!, Cancel)));
        Assert.NotEmpty(all);
        return all;
    }

    private async Task<List<(IContactSource Source, PlatformCredentials Credentials, ContactList? List)>> ThoseAsync(
        SandboxBehaviour behaviour)
    {
        var those = new List<(IContactSource, PlatformCredentials, ContactList?)>();
        foreach (var source in Host.Sources)
        {
            if (Host.StandIn(source.Platform).People.FirstOrDefault(p => p.Behaviour == behaviour) is not { } person) continue;
            var credentials = await Host.ConnectAsync(person, Cancel);
            those.Add((source, credentials, Value(await source.ListAsync(credentials, Cancel)) is [var first, ..] ? first : null));
        }

        Assert.NotEmpty(those);
        return those;
    }
}
