using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>Which ad accounts and Pages a client may choose from.</summary>
public abstract class FacebookAssetsTests(DatabaseProvider database) : PortalTest(database)
{
    private GraphStub Graph => new(Http);

    [Fact]
    public async Task Pages_of_another_business_are_named_with_their_owner_and_a_Page_of_no_business_is_offered_to_who_manages_it()
    {
        Has("998");
        Graph.Get("me/accounts", """
            {"data":[{"id":"77","name":"Ours","tasks":["MANAGE"],"business":{"id":"998","name":"Blue Bakery GmbH"}},
                     {"id":"78","name":"Theirs","tasks":["MANAGE"],"business":{"id":"999","name":"Other Ltd"}},
                     {"id":"79","name":"My own","tasks":["ADVERTISE","MANAGE"]},
                     {"id":"80","name":"My new one","is_published":false,"tasks":["PROFILE_PLUS_FULL_CONTROL"]},
                     {"id":"81","name":"A friend's","tasks":["ANALYZE"]}]}
            """);

        var pages = Value(await Portal.Get<FacebookAssets>().ListAssetsAsync(new AccessToken("t"), "998", Cancel))
            .Where(a => a.Kind == AssetKind.Page);

        Assert.Equal(
            [("77", null, false, false), ("78", "Other Ltd", false, false), ("79", null, true, false), ("80", null, true, true)],
            pages.Select(p => (p.ExternalId, p.OwnerName, p.Unowned, p.Inactive)));
    }

    [Fact]
    public async Task Assets_of_two_Business_Managers_stand_side_by_side()
    {
        var client = await AParticipant(await ARequest().Asking(Facebook).SentAsync());
        var account = await AnAccount(client, Facebook);
        Graph.ManagesPages("77", "88");
        Graph.AgencySees("77", "88");
        foreach (var (business, page) in new[] { ("998", "77"), ("999", "88") })
        {
            Graph.Post($"{page}/agencies", """{"success":true}""");
            Assert.Null(
                await Portal.Get<FacebookSharing>()
                    .ShareAsync(client, account, business, [new AssetChoice(AssetKind.Page, page, $"Page {page}", null, false)], Cancel));
        }

        var connection = (await WizardOf(client)).Connections.Single();
        Assert.Equal([("77", AssetState.Shared), ("88", AssetState.Shared)], connection.Assets.Select(a => (a.ExternalId, a.State)));
        Assert.Equal("999", connection.BusinessId);
    }

    private void Has(string business)
    {
        Graph.Get($"{business}/owned_ad_accounts", GraphStub.List([]));
        Graph.Get($"{business}/owned_pages", """{"data":[{"id":"77","name":"Ours"}]}""");
        Graph.Get("me/adaccounts", GraphStub.List([]));
    }
}

public sealed class FacebookAssetsTestsOnSqlite() : FacebookAssetsTests(DatabaseProvider.Sqlite);

public sealed class FacebookAssetsTestsOnPostgres() : FacebookAssetsTests(DatabaseProvider.Postgres);
