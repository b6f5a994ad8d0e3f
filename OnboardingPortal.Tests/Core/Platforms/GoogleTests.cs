using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Google;
using OnboardingPortal.Tests.Core.Platforms.Contracts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>What only Google has. Reads no database, hence runs on one.</summary>
public sealed class GoogleTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private static readonly GoogleAdsAnswers Answers = new();

    private GoogleAdsClient Ads => Portal.Get<GoogleAdsClient>();

    [Fact]
    public void A_refresh_token_is_asked_for_each_time_and_nothing_of_other_grants()
    {
        var query = QueryHelpers.ParseQuery(Portal.Get<GoogleSheetsClient>()
            .AuthorizeAddress(new AuthorizeCall(ConnectPurpose.Client, "s", new Uri("https://portal.example/x"), CodeVerifier: "v")).Query);

        Assert.Equal(
            ("offline", "consent", "code"),
            (query["access_type"].ToString(), query["prompt"].ToString(), query["response_type"].ToString()));
        Assert.DoesNotContain("include_granted_scopes", query.Keys);
    }

    [Theory]
    [InlineData("admin_policy_enforced", PlatformFailureKind.PolicyBlocked)]
    [InlineData("org_internal", PlatformFailureKind.PolicyBlocked)]
    [InlineData("access_denied", PlatformFailureKind.Cancelled)]
    [InlineData("redirect_uri_mismatch", PlatformFailureKind.Misconfigured)]
    public void An_organisations_policy_is_told_from_a_refusal(string error, PlatformFailureKind kind)
    {
        ISignInPlatform[] platforms = [Ads, Portal.Get<GoogleSheetsClient>()];

        Assert.All(platforms, p => Assert.Equal(kind, p.ReadRefusal(error, "<b>hostile</b>")));
    }

    [Fact]
    public async Task Google_Ads_is_called_with_the_developer_token_and_in_a_clients_own_name()
    {
        Record();

        Value(await IdentifyAsync());

        Assert.All(
            Http.Calls.Skip(1),
            c => Assert.Equal(("ads-developer-token", Answers.Credentials.AccessToken), (c.Headers["developer-token"], c.Token)));
        Assert.All(Http.Calls, c => Assert.DoesNotContain("login-customer-id", c.Headers.Keys));
        Assert.DoesNotContain("developer-token", Http.Calls[0].Headers.Keys);
        Assert.DoesNotContain(Portal.Logs.Lines, l => l.Contains("ads-developer-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_is_called_by_the_first_advertising_accounts_they_reach()
    {
        Record();
        (Answers.Identity[1] with { Body = """{"resourceNames":["customers/1234567890","customers/2","customers/3","customers/4"]}""" })
            .On(Http);
        Http.On(HttpMethod.Post, GoogleAdsAnswers.Api + "customers/2/googleAds:search",
            GoogleAdsAnswers.Failure(403, "PERMISSION_DENIED", "authorizationError", "CUSTOMER_NOT_ENABLED"), HttpStatusCode.Forbidden);
        Http.On(HttpMethod.Post, GoogleAdsAnswers.Api + "customers/3/googleAds:search", """{"results":[{"customer":{"id":"3"}}]}""");

        Assert.Equal(new PlatformAccount("1098", "Blue Bakery, 2, 3, …", "office@bluebakery.example"), Value(await IdentifyAsync()));
    }

    [Fact]
    public async Task Somebody_without_an_advertising_account_is_told_so()
    {
        Record();
        (Answers.Identity[1] with { Body = """{"resourceNames":[]}""" }).On(Http);

        Assert.Equal(PlatformFailureKind.NotFound, Assert.IsType<PlatformFailure>((await IdentifyAsync()).Error).Kind);
    }

    [Theory]
    [InlineData("authenticationError", "TWO_STEP_VERIFICATION_NOT_ENROLLED", PlatformFailureKind.TwoFactorNeeded)]
    [InlineData("authenticationError", "ADVANCED_PROTECTION_NOT_ENROLLED", PlatformFailureKind.TwoFactorNeeded)]
    [InlineData("authorizationError", "INCOMPLETE_SIGNUP", PlatformFailureKind.PolicyBlocked)]
    [InlineData("authenticationError", "GOOGLE_ACCOUNT_DELETED", PlatformFailureKind.AccountInactive)]
    public async Task What_the_account_must_do_first_is_no_sign_in_that_ran_out(string of, string code, PlatformFailureKind kind)
    {
        Record();
        (Answers.Identity[1] with
        {
            Status = HttpStatusCode.Unauthorized,
            Body = $$$"""
                {"error":{"code":401,"message":"Request is missing required authentication credential.","status":"UNAUTHENTICATED",
                 "details":[{"@type":"type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure",
                  "errors":[{"errorCode":{"{{{of}}}":"{{{code}}}"},"message":"m"}]}]}}
                """,
        }).On(Http);

        Assert.Equal(kind, Assert.IsType<PlatformFailure>((await IdentifyAsync()).Error).Kind);
    }

    [Theory]
    [InlineData("""{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"12.5s"}""", 12.5)]
    [InlineData("""{"@type":"x","retryDelay":"soon"}""", 60)]
    [InlineData("""{"@type":"x","retryDelay":"-5s"}""", 60)]
    [InlineData("""{"@type":"x","errors":[{"errorCode":{"quotaError":"RESOURCE_EXHAUSTED"},"details":{"quotaErrorDetails":{"retryDelay":"90s"}}}]}""", 90)]
    public async Task Google_says_for_how_long_it_wants_to_be_left_alone(string detail, double seconds)
    {
        Record();
        (Answers.Identity[0] with
        {
            Status = HttpStatusCode.TooManyRequests,
            Body = $$$"""{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[{{{detail}}}]}}""",
        }).On(Http);

        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<PlatformFailure>((await IdentifyAsync()).Error).RetryAfter);
    }

    [Fact]
    public async Task What_was_filled_in_at_a_lead_form_more_than_sixty_days_ago_is_left_out()
    {
        Http.On(HttpMethod.Get, GoogleAdsAnswers.Api + "customers:listAccessibleCustomers", """{"resourceNames":["customers/7"]}""");
        Http.On(HttpMethod.Post, GoogleAdsAnswers.Api + "customers/7/googleAds:search", call => new StubAnswer(
            call.Body.Contains("FROM asset", StringComparison.Ordinal)
                ? """{"results":[{"asset":{"id":"8"}}]}"""
                : $$"""{"results":[{{Lead("1", -61)}},{{Lead("2", -59)}}]}"""));
        var source = Portal.Get<ContactSources>().Find(GoogleDefaults.AdsKey)!;

        var page = await source.ReadAsync(
            Answers.Credentials, new ContactSelection("7/8", [new ContactField("EMAIL", "Email")]), null, Cancel);

        Assert.Equal("2", Assert.Single(Value(page).People).Id);
        Assert.Contains("asset = \\u0027customers/7/assets/8\\u0027", Http.Calls[^1].Body, StringComparison.Ordinal);

        string Lead(string id, int days) => JsonSerializer.Serialize(new
        {
            leadFormSubmissionData = new
            {
                id,
                submissionDateTime = Clock.Now.AddDays(days).ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture),
            },
        });
    }

    private void Record()
    {
        foreach (var answer in Answers.Identity) answer.On(Http);
    }

    private Task<Result<PlatformAccount>> IdentifyAsync() => Ads.IdentifyAsync(Answers.Credentials, Cancel);
}

/// <summary>Google while the portal stands in for it, with a manager account.</summary>
public sealed class GoogleRehearsalTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private const string Place = StubServer.Address + "sandbox/googleads/";

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Platforms:GoogleAds:AuthorizeAddress"] = "sandbox/googleads/",
        ["Platforms:GoogleAds:TokenAddress"] = "sandbox/googleads/",
        ["Platforms:GoogleAds:UserInfoAddress"] = "sandbox/googleads/",
        ["Platforms:GoogleAds:ApiAddress"] = "sandbox/googleads/",
        ["Platforms:GoogleAds:LoginCustomerId"] = "5550001112",
        ["Platforms:GoogleSheets:ClientSecret"] = "",
    };

    [Fact]
    public async Task One_base_address_replaces_them_all()
    {
        var client = Portal.Get<GoogleAdsClient>();
        var call = new AuthorizeCall(ConnectPurpose.Client, "s", new Uri("https://portal.example/x"), CodeVerifier: "v");
        Assert.StartsWith("sandbox/googleads/o/oauth2/v2/auth?", client.AuthorizeAddress(call).OriginalString, StringComparison.Ordinal);
        Http.On(HttpMethod.Post, Place + "token",
            """{"access_token":"a","refresh_token":"r","scope":"openid https://www.googleapis.com/auth/adwords","expires_in":3599}""");
        Http.On(HttpMethod.Get, Place + "v1/userinfo", """{"sub":"1"}""");
        Http.On(HttpMethod.Get, Place + "v25/customers:listAccessibleCustomers", """{"resourceNames":["customers/7"]}""");
        Http.On(HttpMethod.Post, Place + "v25/customers/7/googleAds:search", """{"results":[]}""");
        Http.On(HttpMethod.Post, Place + "revoke", "");

        var signIn = Value(await client.SignInAsync("the-code", call, Cancel));
        Assert.True(Value(await client.RevokeAsync(signIn.Credentials, Cancel)));

        Assert.Equal(new PlatformAccount("1", "7", "1"), signIn.Account);
        // the search alone
        Assert.Equal(["5550001112"], Http.Calls.Select(c => c.Headers.GetValueOrDefault("login-customer-id")).OfType<string>());
    }

    [Fact]
    public void Without_a_secret_the_platform_is_not_available() => Assert.False(Portal.Get<GoogleSheetsClient>().IsConfigured);
}
