using Microsoft.AspNetCore.WebUtilities;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Connect;

/// <summary>The way of the agency's own accounts.</summary>
public abstract class AgencyConnectTests(DatabaseProvider database) : PortalTest(database)
{
    private GraphStub Graph => new(Http);

    private ConnectService Connect => Portal.Get<ConnectService>();

    [Fact]
    public async Task A_main_user_connects_the_agencys_Facebook_user_with_its_Business_Managers()
    {
        Graph.SignsIn("agency-long-token", "10215000000000099", "Agency admin");
        Graph.Get("me/business_users", """
            {"data":[{"id":"1221","name":"Agency admin","role":"ADMIN","business":{"id":"555","name":"North Agency Ltd"}},
                     {"id":"1222","name":"Agency admin","role":"EMPLOYEE","business":{"id":"556","name":"South Agency Ltd"}}]}
            """);
        var ticket = Value(await Connect.BeginAsync(Owner, Facebook, new(), Cancel));
        var start = Value(await Connect.StartAsync(Facebook, ticket, null, a => a.UserId == Owner.User, Cancel));
        var query = QueryHelpers.ParseQuery(start.Address.Query);

        var attempt = Value(
            await Connect.FinishAsync(Facebook, new ConnectAnswer(query["state"], "the-code"), start.BrowserSecret, null, Cancel));

        Assert.Null(attempt.Failure);
        var user = Assert.Single(await Portal.Get<AgencyFacebookService>().ListAsync(Owner.Agency, Cancel));
        Assert.Equal(("Agency admin", "10215000000000099"), (user.Name, user.ExternalId));
        Assert.Equal([("North Agency Ltd", true), ("South Agency Ltd", false)], user.BusinessManagers.Select(b => (b.Name, b.IsAdmin)));
        Assert.Contains("ads_read", query["scope"].ToString().Split(','));
        Assert.Equal(attempt.Id, (await Connect.FindLastAttemptAsync(Owner, PlatformGrants.Assets, Cancel))!.Id);
        Assert.Null(await Connect.FindLastAttemptAsync(Member, PlatformGrants.Assets, Cancel));
        await Connect.DismissAttemptAsync(Owner, attempt.Id, Cancel);
        Assert.Null(await Connect.FindLastAttemptAsync(Owner, PlatformGrants.Assets, Cancel));
    }

    [Fact]
    public async Task The_agencys_own_account_is_a_main_users_matter()
    {
        Assert.IsType<NotAllowed>((await Connect.BeginAsync(Member, Facebook, new(), Cancel)).Error);
        Assert.IsType<NotAllowed>((await Connect.BeginAsync(Member, Mailchimp, new(), Cancel)).Error);
    }
}

public sealed class AgencyConnectTestsOnSqlite() : AgencyConnectTests(DatabaseProvider.Sqlite);

public sealed class AgencyConnectTestsOnPostgres() : AgencyConnectTests(DatabaseProvider.Postgres);
