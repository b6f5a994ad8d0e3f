using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.HubSpot;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>What only HubSpot has.</summary>
public sealed class HubSpotContactsTests(ContactHost host) : ContactTest(host)
{
    private static readonly ContactField[] Few = [new("email", "Email"), new("zip", "Postal Code")];

    private IContactSource Source => Host.Source(HubSpotDefaults.Key);

    [Fact]
    public async Task A_list_tells_how_many_are_in_it_and_its_people_what_can_be_edited_of_them()
    {
        var credentials = await ConnectAsync();
        var lists = Value(await Source.ListAsync(credentials, Cancel));

        Assert.Equal(["Regular customers 12", "Newsletter 250", "All customers 5000", "Diabetes newsletter 40"],
            lists.Select(l => $"{l.Name} {l.Count}"));
        var fields = Value(await Source.FieldsAsync(credentials, lists[0].Key, Cancel)).Select(f => f.Key).ToList();
        Assert.Contains("email", fields);
        Assert.DoesNotContain("hs_email_optout", fields);
        Assert.DoesNotContain("lastmodifieddate", fields);
    }

    [Fact]
    public async Task A_thousand_people_cost_fourteen_calls_with_documented_parameters()
    {
        var credentials = await ConnectAsync();
        var list = await ListAsync(Source, credentials, "All customers");
        Host.Forget();

        var people = await ReadAsync(Source, credentials, new ContactSelection(list.Key, Few));

        Assert.Equal(5000, people.Count);
        var calls = Host.Calls;
        Assert.Equal(5 * 14 + 2, calls.Count); // and two that look whether the list and the fields are there
        foreach (var call in calls)
        {
            string[] documented = call.Path.EndsWith("/memberships", StringComparison.Ordinal) ? ["limit", "after"] : [];
            Assert.Empty(call.Query.Keys.Except(documented));
            if (call.Query.TryGetValue("limit", out var limit)) Assert.Equal("250", limit);
        }
    }

    private Task<PlatformCredentials> ConnectAsync() => Host.ConnectAsync(Host.Person(HubSpotDefaults.Key, "All well")!, Cancel);
}

/// <summary>What the stand-in does not do.</summary>
public sealed class HubSpotContactsAtTheWireTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private const string Api = "https://api.hubapi.com/crm/v3";
    private static readonly PlatformCredentials Credentials = new("token", null, null, null);
    private static readonly ContactSelection Selection = new("17", [new("email", "Email")]);

    private IContactSource Source => Portal.Get<ContactSources>().Find(HubSpotDefaults.Key)!;

    [Fact]
    public async Task A_list_of_companies_is_no_list_of_people()
    {
        Http.On(HttpMethod.Get, $"{Api}/lists/17", """{"list":{"listId":"17","name":"Companies","objectTypeId":"0-2"}}""");

        Assert.Equal(PlatformFailureKind.NotFound, KindOf(await Source.ReadAsync(Credentials, Selection, null, Cancel)));
    }

    [Fact]
    public async Task A_cursor_that_leads_to_itself_ends_the_reading()
    {
        Http.On(HttpMethod.Get, $"{Api}/lists/17/memberships",
            """{"results":[{"recordId":"1"}],"paging":{"next":{"after":"Mg%3D%3D","link":"https://elsewhere.example/"}}}""");

        Assert.Equal(PlatformFailureKind.Nonsense, KindOf(await Source.ReadAsync(Credentials, Selection, "Mg%3D%3D", Cancel)));
        Assert.Equal("Mg==", Assert.Single(Http.Calls).Query["after"]);
    }

    [Fact]
    public async Task A_batch_that_is_too_long_is_halved_and_whoever_is_deleted_is_left_out()
    {
        Http.On(HttpMethod.Get, $"{Api}/lists/17/memberships",
            $$"""{"results":[{{string.Join(',', Enumerable.Range(1, 80).Select(n => $$"""{"recordId":"{{n}}"}"""))}}],"total":80}""");
        Http.On(HttpMethod.Post, $"{Api}/objects/contacts/batch/read", call =>
        {
            var ids = Enumerable.Range(1, 80).Where(n => call.Body.Contains($"\"{n}\"", StringComparison.Ordinal)).ToList();
            var rows = ids.Where(n => n != 40)
                .Select(n => $$$"""{"id":"{{{n}}}","properties":{"email":"{{{new string('x', 80_000)}}}"}}""");
            return new StubAnswer($$"""{"status":"COMPLETE","results":[{{string.Join(',', rows)}}]}""");
        });

        var page = Value(await Source.ReadAsync(Credentials, Selection, "next", Cancel));

        Assert.Equal(79, page.People.Select(p => p.Id).Distinct().Count());
        Assert.Null(page.Next);
        Assert.Equal(3, Http.CallsOf($"{Api}/objects/contacts/batch/read").Count);
    }

    private static PlatformFailureKind KindOf<T>(Result<T> result) => Assert.IsType<PlatformFailure>(result.Error).Kind;
}
