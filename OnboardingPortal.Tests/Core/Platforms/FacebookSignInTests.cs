using System.Globalization;
using System.Net;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>Reads no database, hence runs on one.</summary>
public sealed class FacebookSignInTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private static readonly Uri Callback = new("https://portal.example/connect/facebook/callback");

    private GraphStub Graph => new(Http);

    private FacebookClient Client => Portal.Get<FacebookClient>();

    [Fact]
    public async Task One_persons_too_many_calls_hold_nobody_else_up()
    {
        Graph.SignsIn("busy-token");
        Graph.Get("debug_token", GraphStub.Error(17), HttpStatusCode.BadRequest);
        Assert.Equal(
            PlatformFailureKind.RateLimited, Assert.IsType<PlatformFailure>((await SignInAsync(ConnectPurpose.Client)).Error).Kind);

        Graph.SignsIn("another-token");
        Assert.True((await SignInAsync(ConnectPurpose.Client)).Succeeded);
    }

    [Fact]
    public void The_proof_of_a_call_is_the_documented_one() => Assert.Equal(
        "235356defb0a7355217133202c13dca87849a43624eb37ed9c47691a0d33e72b",
        FacebookClient.AppSecretProof("EAAexampleToken", "app-secret-0123456789abcdef", 1700000000));

    [Theory]
    [InlineData(ConnectPurpose.Client, "public_profile,email,business_management,ads_management,pages_show_list,pages_read_engagement,pages_manage_metadata")]
    [InlineData(ConnectPurpose.Agency, "public_profile,email,business_management,ads_management,pages_show_list,pages_read_engagement,pages_manage_metadata,ads_read,pages_manage_ads")]
    public void The_sign_in_page_is_asked_for_what_the_purpose_needs(ConnectPurpose purpose, string scope)
    {
        var address = Client.AuthorizeAddress(new AuthorizeCall(purpose, "the state", Callback, AskAgain: false));

        Assert.Equal(
            "https://www.facebook.com/v25.0/dialog/oauth?client_id=1029384756&redirect_uri=https:%2F%2Fportal.example%2Fconnect%2Ffacebook%2Fcallback" +
            $"&state=the%20state&response_type=code&scope={scope}",
            address.AbsoluteUri.Replace("%3A", ":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_signs_in_with_the_documented_calls()
    {
        Graph.SignsIn();

        var signIn = Value(await SignInAsync(ConnectPurpose.Client));

        Assert.Equal(new PlatformAccount("10215000000000001", "A page admin", "office@bluebakery.example"), signIn.Account);
        Assert.Equal(
            new PlatformCredentials("client-token", null, DateTimeOffset.FromUnixTimeSeconds(1777000000), null), signIn.Credentials);
        var exchange = Assert.Single(Graph.CallsOf("oauth/access_token"));
        Assert.Equal(["client_id", "client_secret", "code", "redirect_uri"], exchange.Query.Keys.Order());
        Assert.Equal((Callback.AbsoluteUri, "the-code", null), (exchange.Query["redirect_uri"], exchange.Query["code"], exchange.Token));
        Assert.Equal(
            $"{TestPortal.FacebookAppId}|{TestPortal.FacebookAppSecret}",
            Assert.Single(Graph.CallsOf("debug_token")).Query["access_token"]);
        var me = Assert.Single(Graph.CallsOf("me"));
        Assert.Equal(("client-token", "id,name,email"), (me.Token, me.Query["fields"]));
        Assert.Equal(
            FacebookClient.AppSecretProof("client-token", TestPortal.FacebookAppSecret, Clock.Now.ToUnixTimeSeconds()),
            me.Query["appsecret_proof"]);
        Assert.Equal(Clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), me.Query["appsecret_time"]);
        Assert.DoesNotContain("access_token", me.Query.Keys);
    }

    [Fact]
    public async Task The_agencys_token_is_exchanged_for_one_that_lives_long()
    {
        Graph.SignsIn();
        Graph.Get(
            "oauth/access_token",
            call => new StubAnswer(call.Query.ContainsKey("code") ? """{"access_token":"short"}""" : """{"access_token":"long"}"""));

        Assert.Equal("long", Value(await SignInAsync(ConnectPurpose.Agency)).Credentials.AccessToken);

        var second = Graph.CallsOf("oauth/access_token")[1];
        Assert.Equal(("fb_exchange_token", "short"), (second.Query["grant_type"], second.Query["fb_exchange_token"]));
    }

    [Theory]
    [InlineData("business_management")]
    [InlineData("ads_management")]
    [InlineData("pages_show_list")]
    public async Task Somebody_who_unticks_what_is_needed_is_told_so(string permission)
    {
        Graph.SignsIn(declined: permission);

        Assert.Equal(PlatformFailureKind.Incomplete, await FailureAsync());
    }

    [Fact]
    public async Task An_address_may_be_kept_back()
    {
        Graph.SignsIn(declined: "email");
        Graph.Get("me", """{"id":"10215000000000001","name":""}""");

        Assert.Equal(
            new PlatformAccount("10215000000000001", "10215000000000001", null), Value(await SignInAsync(ConnectPurpose.Client)).Account);
    }

    [Theory]
    [InlineData("""{"data":{"app_id":"666","is_valid":true,"user_id":"10215000000000001"}}""", PlatformFailureKind.AuthExpired)]
    [InlineData("""{"data":{"app_id":"1029384756","is_valid":false,"error":{"code":190,"message":"x"}}}""", PlatformFailureKind.AuthExpired)]
    [InlineData("""{"data":{"app_id":"1029384756","is_valid":true,"user_id":"1"}}""", PlatformFailureKind.Nonsense)]
    [InlineData("{}", PlatformFailureKind.AuthExpired)]
    public async Task A_token_of_another_app_or_person_is_refused(string check, PlatformFailureKind kind)
    {
        Graph.SignsIn();
        Graph.Get("debug_token", check);

        Assert.Equal(kind, await FailureAsync());
    }

    [Fact]
    public async Task A_token_that_never_expires_has_no_end()
    {
        Graph.SignsIn();
        Graph.Get(
            "debug_token",
            $$$"""{"data":{"app_id":"{{{TestPortal.FacebookAppId}}}","is_valid":true,"user_id":"10215000000000001","expires_at":0}}""");

        Assert.Null(Value(await SignInAsync(ConnectPurpose.Client)).Credentials.ExpiresAt);
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK, PlatformFailureKind.Nonsense)]
    [InlineData("null", HttpStatusCode.OK, PlatformFailureKind.Nonsense)]
    [InlineData("{}", HttpStatusCode.OK, PlatformFailureKind.Nonsense)]
    [InlineData("[1,2", HttpStatusCode.OK, PlatformFailureKind.Nonsense)]
    [InlineData("""{"access_token":5}""", HttpStatusCode.OK, PlatformFailureKind.Nonsense)]
    [InlineData("<html></html>", HttpStatusCode.OK, PlatformFailureKind.Nonsense)]
    [InlineData("", HttpStatusCode.Redirect, PlatformFailureKind.Nonsense)]
    [InlineData("<html></html>", HttpStatusCode.InternalServerError, PlatformFailureKind.Transient)]
    [InlineData("""{"error":"a string"}""", HttpStatusCode.BadRequest, PlatformFailureKind.InvalidRequest)]
    [InlineData("""{"error":{"code":100,"message":"code used"}}""", HttpStatusCode.BadRequest, PlatformFailureKind.InvalidRequest)]
    [InlineData("""{"error":{"code":101}}""", HttpStatusCode.BadRequest, PlatformFailureKind.Misconfigured)]
    [InlineData("""{"error":{"code":190,"error_subcode":459}}""", HttpStatusCode.BadRequest, PlatformFailureKind.AuthExpired)]
    [InlineData("""{"error":{"code":4}}""", HttpStatusCode.Forbidden, PlatformFailureKind.RateLimited)]
    [InlineData("""{"error":{"code":1}}""", HttpStatusCode.OK, PlatformFailureKind.Transient)]
    public async Task Whatever_Facebook_answers_has_a_meaning(string body, HttpStatusCode status, PlatformFailureKind kind)
    {
        Graph.Get("oauth/access_token", body, status);

        Assert.Equal(kind, await FailureAsync());
        Assert.Single(Http.Calls); // a code is worth one try
    }

    [Theory]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_platform_that_cannot_be_reached_is_said_to_be_so(Type exception)
    {
        Graph.Get("oauth/access_token", _ => throw (Exception)Activator.CreateInstance(exception)!);

        Assert.Equal(PlatformFailureKind.Unreachable, await FailureAsync());
    }

    [Fact]
    public async Task No_token_or_secret_reaches_a_log()
    {
        Graph.SignsIn("SECRET-TOKEN");
        Graph.Get("me", GraphStub.Error(190), HttpStatusCode.Unauthorized);

        await SignInAsync(ConnectPurpose.Client);

        Assert.Contains(Portal.Logs.Lines, l => l.Contains("EJplcsCHuLu", StringComparison.Ordinal));
        Assert.DoesNotContain(Portal.Logs.Lines, l => l.Contains("SECRET-TOKEN", StringComparison.Ordinal)
            || l.Contains("the-code", StringComparison.Ordinal)
            || l.Contains(TestPortal.FacebookAppSecret, StringComparison.Ordinal));
        Assert.Equal("[token]", new AccessToken("x").ToString());
        Assert.Equal("[credentials]", new PlatformCredentials("x", null, null, null).ToString());
    }

    [Fact]
    public async Task Two_hundred_and_thirty_ad_accounts_are_read_page_by_page()
    {
        var assets = Portal.Get<FacebookAssets>();
        Graph.Get("998/owned_ad_accounts", call =>
        {
            var from = int.Parse(call.Query.GetValueOrDefault("after", "0"), CultureInfo.InvariantCulture);
            var rows = Enumerable.Range(from, Math.Min(100, 230 - from))
                .Select(i => $$"""{"id":"act_{{i}}","name":"Account {{i}}","account_status":{{(i == 7 ? 2 : 1)}}}""");
            var next = from + 100 < 230
                ? $$""","paging":{"cursors":{"after":"{{from + 100}}"},"next":"https://graph.facebook.com/elsewhere"}"""
                : "";
            return new StubAnswer($$"""{"data":[{{string.Join(',', rows)}}]{{next}}}""");
        });
        Graph.Get("998/owned_pages", """{"data":[{"id":"77","name":"Blue Bakery","is_published":true},{"id":"78"}]}""");
        Graph.Get("me/adaccounts", """
            {"data":[{"id":"act_5","name":"Account 5","account_status":1,"business":{"id":"998","name":"Blue Bakery GmbH"}},
                     {"id":"act_900","name":"Foreign","account_status":1,"business":{"id":"999","name":"Other Ltd"}},
                     {"id":"act_901","name":"Private","account_status":1}]}
            """);
        Graph.ManagesPages();

        var listed = Value(await assets.ListAssetsAsync(new AccessToken("client-token"), "998", Cancel));

        Assert.Equal(230, listed.Count(a => a is { Kind: AssetKind.AdAccount, OwnerName: null }));
        Assert.Equal("act_7", Assert.Single(listed, a => a.Inactive).ExternalId);
        Assert.Equal(
            ("act_900", "Other Ltd"), listed.Where(a => a.OwnerName is not null).Select(a => (a.ExternalId, a.OwnerName)).Single());
        Assert.Equal(
            [("77", "Blue Bakery"), ("78", "78")], listed.Where(a => a.Kind == AssetKind.Page).Select(a => (a.ExternalId, a.Name)));
        Assert.Equal([null, "100", "200"], Graph.CallsOf("998/owned_ad_accounts").Select(c => c.Query.GetValueOrDefault("after")));
        Assert.All(Graph.CallsOf("998/owned_ad_accounts"), c => Assert.Equal("100", c.Query["limit"]));
    }

    [Fact]
    public async Task A_list_that_never_ends_is_ended()
    {
        Graph.Get(
            "me/accounts",
            """{"data":[{"id":"1","access_token":"t"}],"paging":{"cursors":{"after":"again"},"next":"https://graph.facebook.com/x"}}""");

        Assert.Single(Value(await Portal.Get<FacebookAssets>().PageTokensAsync(new AccessToken("client-token"), Cancel)));

        Assert.Equal(FacebookDefaults.MaxPages, Http.Calls.Count);
    }

    [Fact]
    public async Task Who_works_in_a_business_without_being_Admin_is_seen_and_no_answer_is_no_refusal()
    {
        var assets = Portal.Get<FacebookAssets>();
        Graph.Get("me/businesses", """{"data":[{"id":"1","name":"One"},{"id":"2","name":"Two"},{"id":"3"}]}""");
        Graph.Get(
            "me/business_users",
            """{"data":[{"id":"a","role":"admin","business":{"id":"1"}},{"id":"b","role":"EMPLOYEE","business":{"id":"2"}}]}""");
        Assert.Equal(
            [new BusinessChoice("1", "One", true), new BusinessChoice("2", "Two", false), new BusinessChoice("3", "3", true)],
            Value(await assets.ListBusinessesAsync(new AccessToken("t"), Cancel)));

        Graph.Get("me/business_users", GraphStub.Error(200), HttpStatusCode.Forbidden);
        Assert.All(Value(await assets.ListBusinessesAsync(new AccessToken("t"), Cancel)), b => Assert.True(b.IsAdmin));
    }

    private Task<Result<PlatformSignIn>> SignInAsync(ConnectPurpose purpose) =>
        Client.SignInAsync("the-code", new AuthorizeCall(purpose, "state", Callback, false), Cancel);

    private async Task<PlatformFailureKind> FailureAsync() =>
        Assert.IsType<PlatformFailure>((await SignInAsync(ConnectPurpose.Client)).Error).Kind;
}
