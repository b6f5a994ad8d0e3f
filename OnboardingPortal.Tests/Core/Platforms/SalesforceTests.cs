using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Tests.Core.Platforms.Contracts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>What only Salesforce has. Reads no database, hence runs on one.</summary>
public sealed class SalesforceTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private static readonly Uri Callback = new("https://portal.example/connect/salesforce/callback");
    private static readonly SalesforceAnswers Answers = new();

    private SalesforceClient Client => Portal.Get<SalesforceClient>();

    [Theory]
    [InlineData(null, null)]
    [InlineData("production", null)]
    [InlineData("sandbox", "test.salesforce.com")]
    [InlineData("bluebakery.my.salesforce.com", "bluebakery.my.salesforce.com")]
    [InlineData(" BlueBakery.my.salesforce.com/ ", "bluebakery.my.salesforce.com")]
    [InlineData("https://bluebakery.my.salesforce.com/home/home.jsp?x=1", "bluebakery.my.salesforce.com")]
    [InlineData("bluebakery--uat.sandbox.my.salesforce.com", "bluebakery--uat.sandbox.my.salesforce.com")]
    [InlineData("https://bluebakery.lightning.force.com/lightning/page/home", "bluebakery.my.salesforce.com")]
    [InlineData("bluebakery.lightning.force.com", "bluebakery.my.salesforce.com")]
    [InlineData("https://bluebakery--uat.sandbox.lightning.force.com/lightning/r/001/view", "bluebakery--uat.sandbox.my.salesforce.com")]
    [InlineData("https://bluebakery-dev-ed.develop.lightning.force.com/", "bluebakery-dev-ed.develop.my.salesforce.com")]
    [InlineData("https://bluebakery.my.salesforce-setup.com/lightning/setup/SetupOneHome/home", "bluebakery.my.salesforce.com")]
    [InlineData("https://bluebakery.my.site.com/customers/s/login", "bluebakery.my.salesforce.com")]
    [InlineData("https://bluebakery--c.vf.force.com/apex/Page?id=1", "bluebakery.my.salesforce.com")]
    [InlineData("https://bluebakery--uat--c.sandbox.vf.force.com/apex/Page", "bluebakery--uat.sandbox.my.salesforce.com")]
    [InlineData("https://bluebakery.file.force.com/sfc/servlet", "bluebakery.my.salesforce.com")]
    [InlineData("https://login.salesforce.com/?locale=de", null)]
    [InlineData("https://eu47.salesforce.com/home/home.jsp", null)]
    [InlineData("https://test.salesforce.com", "test.salesforce.com")]
    [InlineData("https://cs88.salesforce.com/home/home.jsp", "test.salesforce.com")]
    public void The_place_to_sign_in_at_is_chosen_or_typed(string? typed, string? host) =>
        Assert.Equal(host, Value(Client.ReadLoginHost(typed)));

    [Theory]
    [InlineData("")]
    [InlineData("mydomain")]
    [InlineData("my.salesforce.com")]
    [InlineData("bluebakery.lightning.force.com.evil.example")]
    [InlineData("evil.example/bluebakery.lightning.force.com")]
    [InlineData("https://user@bluebakery.lightning.force.com")]
    [InlineData("https://bluebakery.force.com")]
    [InlineData("https://lightning.force.com")]
    [InlineData("https://evil-my.site.com")]
    [InlineData("bluebakery.my.salesforce.com.evil.example")]
    [InlineData("evil.example/bluebakery.my.salesforce.com")]
    [InlineData("https://evil.example/.my.salesforce.com")]
    [InlineData("https://evil.example#.my.salesforce.com")]
    [InlineData("http://bluebakery.my.salesforce.com")]
    [InlineData("https://bluebakery.my.salesforce.com:8443")]
    [InlineData("https://user:secret@bluebakery.my.salesforce.com")]
    [InlineData("evil.example\nbluebakery.my.salesforce.com")]
    [InlineData("blue_bakery.my.salesforce.com")]
    [InlineData("javascript:alert(1)//.my.salesforce.com")]
    public void Another_place_is_refused(string typed) =>
        Assert.Equal(new LoginHostRefused(SalesforceDefaults.Key), Client.ReadLoginHost(typed).Error);

    [Fact]
    public async Task Whoever_signs_in_at_their_own_place_is_exchanged_and_renewed_there()
    {
        const string place = "https://bluebakery.my.salesforce.com/services/oauth2/";
        var call = new AuthorizeCall(ConnectPurpose.Client, "s", Callback, CodeVerifier: "v", LoginHost: "bluebakery.my.salesforce.com");
        Assert.StartsWith(place + "authorize?", Client.AuthorizeAddress(call).AbsoluteUri, StringComparison.Ordinal);
        Http.On(HttpMethod.Post, place + "token", Answers.SignIn[0].Body);
        Answers.Identity[0].On(Http);

        var credentials = Value(await Client.SignInAsync("the-code", call, Cancel)).Credentials;
        Value(await Client.RefreshAsync(credentials, Cancel));

        Assert.Equal(2, Http.CallsOf(place + "token").Count);
        Assert.Equal(new Uri("https://bluebakery.my.salesforce.com/"), credentials.LoginAddress);
    }

    [Fact]
    public async Task An_organisation_that_moved_is_followed_but_not_to_a_foreign_place()
    {
        (Answers.Refresh[0] with { Body = """{"access_token":"n","instance_url":"https://eu99.salesforce.com"}""" }).On(Http);
        Assert.Equal(new Uri("https://eu99.salesforce.com/"), Value(await Client.RefreshAsync(Answers.Credentials, Cancel)).ApiAddress);

        (Answers.Refresh[0] with { Body = """{"access_token":"n","instance_url":"https://evil.example"}""" }).On(Http);
        Assert.Equal(
            PlatformFailureKind.Nonsense,
            Assert.IsType<PlatformFailure>((await Client.RefreshAsync(Answers.Credentials, Cancel)).Error).Kind);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080/sandbox/salesforce/")]
    [InlineData("https://evil.example/")]
    public async Task Credentials_of_another_place_are_of_no_use_and_no_secret_is_sent_there(string place)
    {
        var kept = Answers.Credentials with
        {
            ApiAddress = new Uri(place),
            LoginAddress = new Uri(place),
            IdentityAddress = new Uri(place)
        };

        Assert.Equal(PlatformFailureKind.AuthExpired, Assert.IsType<PlatformFailure>((await Client.RefreshAsync(kept, Cancel)).Error).Kind);
        Assert.Equal(
            PlatformFailureKind.AuthExpired, Assert.IsType<PlatformFailure>((await Client.IdentifyAsync(kept, Cancel)).Error).Kind);
        Assert.False(Value(await Client.RevokeAsync(kept, Cancel)));
        Assert.Empty(Http.Calls);
    }

    [Theory]
    [InlineData("access_denied", "end-user denied authorization", PlatformFailureKind.Cancelled)]
    [InlineData("invalid_client", "app must be installed into org", PlatformFailureKind.PolicyBlocked)]
    [InlineData("OAUTH_APPROVAL_ERROR_GENERIC", null, PlatformFailureKind.PolicyBlocked)]
    [InlineData("OAUTH_APP_BLOCKED", "this app is blocked by admin", PlatformFailureKind.PolicyBlocked)]
    [InlineData("OAUTH_APP_BLOCKED", null, PlatformFailureKind.PolicyBlocked)]
    [InlineData("OAUTH_APP_ACCESS_DENIED", "user is not admin approved to access this app", PlatformFailureKind.PolicyBlocked)]
    [InlineData("invalid_app_access", "user is not admin approved to access this app", PlatformFailureKind.PolicyBlocked)]
    [InlineData("access_denied", "user is not admin approved to access this app", PlatformFailureKind.PolicyBlocked)]
    [InlineData("OAUTH_EC_APP_NOT_FOUND", "External client app is not installed in this org", PlatformFailureKind.PolicyBlocked)]
    [InlineData("CROSS_ORG_OAUTH_FLOWS_NOT_SUPPORTED_FOR_THIS_ORG", null, PlatformFailureKind.PolicyBlocked)]
    [InlineData("invalid_grant", "expired access/refresh token", PlatformFailureKind.AuthExpired)]
    [InlineData("invalid_grant", "inactive organization", PlatformFailureKind.AccountInactive)]
    [InlineData("invalid_grant", "inactive user", PlatformFailureKind.AccountInactive)]
    [InlineData("invalid_grant", "organization is locked", PlatformFailureKind.AccountInactive)]
    [InlineData("invalid_grant", "IP restricted", PlatformFailureKind.NetworkRefused)]
    [InlineData("invalid_grant", "ip restricted or invalid login hours", PlatformFailureKind.Transient)]
    [InlineData("invalid_grant", "token request is already being processed", PlatformFailureKind.Transient)]
    [InlineData("invalid_grant", "login rate exceeded", PlatformFailureKind.RateLimited)]
    [InlineData("invalid_client", "<script>alert(1)</script>", PlatformFailureKind.Misconfigured)]
    [InlineData("invalid_client", null, PlatformFailureKind.Misconfigured)]
    public async Task An_app_that_is_not_installed_is_told_from_a_wrong_one(string error, string? description, PlatformFailureKind kind)
    {
        Assert.Equal(kind, Client.ReadRefusal(error, description));

        (Answers.SignIn[0] with
        {
            Status = HttpStatusCode.BadRequest,
            Body = $$"""{"error":"{{error}}","error_description":"{{description}}"}"""
        }).On(Http);
        var signIn = await Client.SignInAsync(
            "the-code", new AuthorizeCall(ConnectPurpose.Client, "s", Callback, CodeVerifier: "v"), Cancel);
        Assert.Equal(kind, Assert.IsType<PlatformFailure>(signIn.Error).Kind);
    }

    [Theory]
    [InlineData("inactive organization", PlatformFailureKind.AccountInactive)]
    [InlineData("ip restricted", PlatformFailureKind.NetworkRefused)]
    [InlineData("invalid login hours", PlatformFailureKind.Transient)]
    [InlineData("expired access/refresh token", PlatformFailureKind.AuthExpired)]
    public async Task Why_a_renewal_is_refused_is_read_from_its_words(string description, PlatformFailureKind kind)
    {
        var body = $$"""{"error":"invalid_grant","error_description":"{{description}}"}""";
        (Answers.Refresh[0] with { Status = HttpStatusCode.BadRequest, Body = body }).On(Http);

        Assert.Equal(kind, Assert.IsType<PlatformFailure>((await Client.RefreshAsync(Answers.Credentials, Cancel)).Error).Kind);
    }

    [Theory]
    [InlineData("api-usage=14999/15000", false)]
    [InlineData("api-usage=15000/15000", true)]
    [InlineData("per-app-api-usage=17/250(appName=portal); api-usage=15001/15000", true)]
    [InlineData("nonsense", false)]
    public async Task An_organisation_whose_calls_are_used_up_is_left_alone_even_before_it_refuses(string usage, bool isUsedUp)
    {
        (Answers.Identity[0] with { Headers = new Dictionary<string, string> { ["Sforce-Limit-Info"] = usage } }).On(Http);
        Value(await Client.IdentifyAsync(Answers.Credentials, Cancel));

        Assert.Equal(!isUsedUp, (await Client.IdentifyAsync(Answers.Credentials, Cancel)).Succeeded);
        // counted by organisation
        Assert.True(
            (await Client.IdentifyAsync(
                Answers.Credentials with { ApiAddress = new Uri("https://other.my.salesforce.com/") }, Cancel)).Succeeded);
    }

    [Fact]
    public void The_challenge_stands_in_for_the_verifier()
    {
        var query = QueryHelpers.ParseQuery(
            Client.AuthorizeAddress(new AuthorizeCall(ConnectPurpose.Agency, "s", Callback, CodeVerifier: "v")).Query);

        Assert.DoesNotContain("code_verifier", query.Keys);
        Assert.Equal(["production", "sandbox", "mydomain"], Client.Descriptor.LoginHosts.Select(h => h.Key));
    }
}

/// <summary>Salesforce while the portal stands in for it.</summary>
public sealed class SalesforceRehearsalTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private const string Place = StubServer.Address + "sandbox/salesforce/";

    protected override Dictionary<string, string?> Settings => new() { ["Platforms:Salesforce:LoginAddress"] = "sandbox/salesforce/" };

    [Fact]
    public async Task The_stand_in_is_all_of_Salesforce_and_nothing_else_is()
    {
        var client = Portal.Get<SalesforceClient>();
        var call = new AuthorizeCall(
            ConnectPurpose.Client, "s", new Uri("https://portal.example/x"), CodeVerifier: "v", LoginHost: "test.salesforce.com");
        Assert.StartsWith(
            "sandbox/salesforce/services/oauth2/authorize?", client.AuthorizeAddress(call).OriginalString, StringComparison.Ordinal);
        Http.On(HttpMethod.Post, Place + "services/oauth2/token", $$"""
            {"access_token":"a","refresh_token":"r","scope":"api refresh_token id","instance_url":"{{Place}}org","id":"{{Place}}id/00D/005"}
            """);
        Http.On(HttpMethod.Get, Place + "id/00D/005", """{"organization_id":"00D","user_id":"005","username":"u","display_name":"d"}""");

        var signIn = Value(await client.SignInAsync("the-code", call, Cancel));
        Assert.Equal("00D/005", signIn.Account.ExternalId);
        // the next start listens elsewhere
        Assert.DoesNotContain("127.0.0.1", JsonSerializer.Serialize(signIn.Credentials), StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize<PlatformCredentials>(JsonSerializer.Serialize(signIn.Credentials))!;
        Assert.Equal("a", Value(await client.RefreshAsync(read, Cancel)).AccessToken);
        Assert.Equal("00D/005", Value(await client.IdentifyAsync(read, Cancel)).ExternalId);

        Http.On(HttpMethod.Post, Place + "services/oauth2/token", """
            {"access_token":"a","refresh_token":"r","scope":"api refresh_token id","instance_url":"https://bluebakery.my.salesforce.com","id":"https://login.salesforce.com/id/00D/005"}
            """);
        Assert.Equal(
            PlatformFailureKind.Nonsense, Assert.IsType<PlatformFailure>((await client.SignInAsync("the-code", call, Cancel)).Error).Kind);
    }
}
