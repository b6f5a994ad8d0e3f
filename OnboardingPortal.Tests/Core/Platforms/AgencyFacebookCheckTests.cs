using System.Net;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>The agency's own Facebook user stays usable, or the agency is told.</summary>
public abstract class AgencyFacebookCheckTests(DatabaseProvider database) : PortalTest(database)
{
    private AgencyFacebookUserId _user;

    private GraphStub Graph => new(Http);

    private AgencyFacebookCheck Check => Portal.Get<AgencyFacebookCheck>();

    private AgencyFacebookService Users => Portal.Get<AgencyFacebookService>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        Graph.Get(
            "me/business_users",
            """{"data":[{"id":"1221","name":"A","role":"ADMIN","business":{"id":"555000111222333","name":"Renamed Business"}}]}""");
        Expires(Clock.Now.AddDays(60));
    }

    [Fact]
    public async Task The_sign_in_is_checked_once_a_day_and_its_Business_Managers_are_read_anew()
    {
        Assert.Equal(0, await Check.CheckDueAsync(Cancel));
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, await Check.CheckDueAsync(Cancel));
        Assert.Equal(0, await Check.CheckDueAsync(Cancel));

        var user = await UserAsync();
        Assert.Equal(("Renamed Business", Clock.Now, null), (user.BusinessManagers.Single().Name, user.LastCheckedAt, user.Failure));
        Assert.Empty(Graph.CallsOf("oauth/access_token"));
    }

    [Fact]
    public async Task A_token_with_less_than_14_days_left_is_renewed_and_used_from_then_on()
    {
        Graph.Get("oauth/access_token", """{"access_token":"renewed-token","token_type":"bearer","expires_in":5183944}""");
        Expires(Clock.Now.AddDays(14).AddMinutes(1));
        Assert.Null(await Check.CheckAsync(Owner, _user, Cancel));
        Assert.Empty(Graph.CallsOf("oauth/access_token"));

        Expires(Clock.Now.AddDays(14).AddMinutes(-1));
        Assert.Null(await Check.CheckAsync(Owner, _user, Cancel));

        var renewal = Assert.Single(Graph.CallsOf("oauth/access_token")).Query;
        Assert.Equal(("fb_exchange_token", "agency-token"), (renewal["grant_type"], renewal["fb_exchange_token"]));
        Assert.Equal("renewed-token", Value(await Users.TokenOfAsync(Owner.Agency, _user, Cancel)).Value);
        Assert.Equal("renewed-token", Graph.CallsOf("me/business_users")[^1].Token);
    }

    [Fact]
    public async Task A_renewal_that_Facebook_refuses_today_is_no_failure_while_the_token_works()
    {
        Graph.Get("oauth/access_token", GraphStub.Error(2), HttpStatusCode.InternalServerError);
        Expires(Clock.Now.AddDays(5));

        Assert.Null(await Check.CheckAsync(Owner, _user, Cancel));

        Assert.Null((await UserAsync()).Failure);
        Assert.Equal("agency-token", Value(await Users.TokenOfAsync(Owner.Agency, _user, Cancel)).Value);
    }

    [Fact]
    public async Task A_dead_token_is_marked_and_not_asked_about_again_until_somebody_asks()
    {
        Graph.Get("debug_token", """{"data":{"is_valid":false,"error":{"code":190,"message":"x"}}}""");
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await Check.CheckDueAsync(Cancel));
        Assert.Equal(PlatformFailureKind.AuthExpired, (await UserAsync()).Failure);
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await Check.CheckDueAsync(Cancel));

        Expires(Clock.Now.AddDays(60));
        Assert.Null(await Check.CheckAsync(Owner, _user, Cancel));
        Assert.Null((await UserAsync()).Failure);
    }

    [Fact]
    public async Task A_token_of_somebody_else_counts_as_dead()
    {
        Expires(Clock.Now.AddDays(60), person: "10215000000000666");

        Assert.Equal(PlatformFailureKind.AuthExpired, Assert.IsType<PlatformFailure>(await Check.CheckAsync(Owner, _user, Cancel)).Kind);
    }

    [Fact]
    public async Task Trouble_at_Facebook_marks_nobody()
    {
        Graph.Get("debug_token", GraphStub.Error(2), HttpStatusCode.InternalServerError);

        Assert.Equal(PlatformFailureKind.Transient, Assert.IsType<PlatformFailure>(await Check.CheckAsync(Owner, _user, Cancel)).Kind);
        Assert.Null((await UserAsync()).Failure);
    }

    [Fact]
    public async Task Only_a_main_user_may_ask() => Assert.IsType<NotAllowed>(await Check.CheckAsync(Member, _user, Cancel));

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"success":true}""", Disconnection.AtThePlatformToo)]
    [InlineData(HttpStatusCode.Unauthorized, """{"error":{"code":190}}""", Disconnection.AtThePlatformToo)]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"code":1}}""", Disconnection.PlatformNotReached)]
    public async Task Removing_takes_the_access_back_at_Facebook_and_tells_when_it_could_not(
        HttpStatusCode status, string answer, Disconnection told)
    {
        Graph.Delete("me/permissions", answer, status);

        Assert.Equal(told, Value(await Users.RemoveAsync(Owner, _user, Cancel)));

        Assert.Equal("agency-token", Graph.CallsOf("me/permissions")[0].Token);
        Assert.Empty(await Users.ListAsync(Owner.Agency, Cancel));
    }

    private void Expires(DateTimeOffset at, string person = "10215000000000099") => Graph.Get(
        "debug_token",
        $$$"""{"data":{"app_id":"{{{TestPortal.FacebookAppId}}}","is_valid":true,"user_id":"{{{person}}}","expires_at":{{{at.ToUnixTimeSeconds()}}}}}""");

    private async Task<FacebookUserSummary> UserAsync() => Assert.Single(await Users.ListAsync(Owner.Agency, Cancel));
}

public sealed class AgencyFacebookCheckTestsOnSqlite() : AgencyFacebookCheckTests(DatabaseProvider.Sqlite);

public sealed class AgencyFacebookCheckTestsOnPostgres() : AgencyFacebookCheckTests(DatabaseProvider.Postgres);
