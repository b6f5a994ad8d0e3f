using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.ActiveCampaign;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>What only ActiveCampaign has.</summary>
public sealed class ActiveCampaignContactsTests(ContactHost host) : ContactTest(host)
{
    private IContactSource Source => Host.Source(ActiveCampaignDefaults.Key);

    [Fact]
    public async Task Values_of_own_fields_come_with_the_people_and_only_when_they_are_read()
    {
        var credentials = await ConnectAsync("All well");
        var list = await ListAsync(Source, credentials, "Newsletter");
        ContactField[] own = [new("email", "Email"), new("field:1", "City")];
        Host.Forget();

        var with = await ReadAsync(Source, credentials, new ContactSelection(list.Key, own));
        Assert.All(Host.Calls.Where(IsOfPeople), c => Assert.Equal("fieldValues", c.Query["include"]));
        Host.Forget();
        var without = await ReadAsync(Source, credentials, new ContactSelection(list.Key, own[..1]));
        Assert.All(Host.Calls.Where(IsOfPeople), c => Assert.False(c.Query.ContainsKey("include")));

        Assert.Equal(with.Select(p => p.Id), without.Select(p => p.Id));
        Assert.All(with, p => Assert.False(string.IsNullOrEmpty(p.Values[1])));
    }

    [Fact]
    public async Task Only_what_is_documented_is_asked_for()
    {
        var credentials = await ConnectAsync("All well");
        Host.Forget();
        var list = await ListAsync(Source, credentials, "Newsletter");
        await ReadAsync(Source, credentials, await WholeAsync(Source, credentials, list.Key));

        foreach (var call in Host.Calls)
        {
            string[] documented = IsOfPeople(call)
                ? ["listid", "status", "limit", "orders[id]", "id_greater", "include"]
                : ["limit", "offset"];
            Assert.Empty(call.Query.Keys.Except(documented));
            if (IsOfPeople(call)) Assert.Equal(("100", "ASC"), (call.Query["limit"], call.Query["orders[id]"]));
        }
    }

    [Fact]
    public async Task Five_calls_a_second_are_enough()
    {
        var credentials = await ConnectAsync("Five calls a second");
        var list = await ListAsync(Source, credentials, "Newsletter");
        Host.Forget();

        var people = await ReadAsync(Source, credentials, await WholeAsync(Source, credentials, list.Key));

        Assert.True(people.Count > 2400);
        Assert.All(Host.Calls.GroupBy(c => c.At.ToUnixTimeSeconds()), second => Assert.InRange(second.Count(), 1, 5));
    }

    private static bool IsOfPeople(ContactCall call) => call.Path.EndsWith("/contacts", StringComparison.Ordinal);

    private Task<PlatformCredentials> ConnectAsync(string name) =>
        Host.ConnectAsync(Host.Person(ActiveCampaignDefaults.Key, name)!, Cancel);
}

/// <summary>What the stand-in does not do.</summary>
public sealed class ActiveCampaignContactsAtTheWireTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private const string Api = "https://bakery.api-us1.com/api/3";
    private static readonly PlatformCredentials Credentials = new("key", null, null, new Uri("https://bakery.api-us1.com/"));
    private static readonly ContactSelection Selection = new("1", [new("email", "Email")]);

    private IContactSource Source => Portal.Get<ContactSources>().Find(ActiveCampaignDefaults.Key)!;

    [Fact]
    public async Task A_page_that_holds_nobody_new_ends_the_reading()
    {
        Http.On(HttpMethod.Get, $"{Api}/contacts", """{"contacts":[{"id":"5","email":"jo@example.org"}],"meta":{"total":"3214"}}""");

        Assert.Equal(PlatformFailureKind.Nonsense, KindOf(await Source.ReadAsync(Credentials, Selection, "1:5:1", Cancel)));
    }

    [Fact]
    public async Task A_list_that_is_gone_at_the_end_is_not_taken_for_one_that_everybody_left()
    {
        Http.On(HttpMethod.Get, $"{Api}/contacts", """{"contacts":[],"meta":{"total":0}}""");
        Http.On(HttpMethod.Get, $"{Api}/lists/1", """{"message":"No Result found"}""", System.Net.HttpStatusCode.NotFound);

        Assert.Equal(PlatformFailureKind.NotFound, KindOf(await Source.ReadAsync(Credentials, Selection, "2:5:1", Cancel)));
    }

    private static PlatformFailureKind KindOf<T>(Result<T> result) => Assert.IsType<PlatformFailure>(result.Error).Kind;
}
