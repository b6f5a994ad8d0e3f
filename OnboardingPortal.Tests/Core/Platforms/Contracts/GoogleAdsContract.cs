using System.Net;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Google;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

public sealed class GoogleAdsContract : SignInContract<GoogleAdsAnswers>;

public sealed class GoogleAdsAnswers : GoogleAnswers
{
    public const string Api = "https://googleads.googleapis.com/v25/";

    public override PlatformKey Key => GoogleDefaults.AdsKey;

    public override string ClientId => "ads-client";

    public override PlatformAccount Account => new("1098", "Blue Bakery", "office@bluebakery.example");

    public override IReadOnlyList<Recorded> Identity =>
    [
        Person,
        new(HttpMethod.Get, Api + "customers:listAccessibleCustomers", """{"resourceNames":["customers/1234567890"]}"""),
        new(HttpMethod.Post, Api + "customers/1234567890/googleAds:search", """
            {"results":[{"customer":{"resourceName":"customers/1234567890","id":"1234567890","descriptiveName":"Blue Bakery"}}],"fieldMask":"customer.id,customer.descriptiveName"}
            """),
    ];

    public override Recorded Reading => Identity[1];

    public override TheoryData<HttpStatusCode, string, PlatformFailureKind> Errors => new()
    {
        { HttpStatusCode.Unauthorized, Failure(
            401, "UNAUTHENTICATED", "authenticationError", "OAUTH_TOKEN_EXPIRED"), PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Unauthorized, Failure(
            401, "UNAUTHENTICATED", "authenticationError", "OAUTH_TOKEN_REVOKED"), PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Unauthorized, Failure(
            401, "UNAUTHENTICATED", "authenticationError", "OAUTH_TOKEN_INVALID"), PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Forbidden, Failure(
            403, "PERMISSION_DENIED", "authenticationError", "GOOGLE_ACCOUNT_COOKIE_INVALID"), PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Unauthorized, Failure(
            401, "UNAUTHENTICATED", "authenticationError", "NOT_ADS_USER"), PlatformFailureKind.NotFound },
        { HttpStatusCode.Unauthorized, Failure(
            401, "UNAUTHENTICATED", "authenticationError", "DEVELOPER_TOKEN_INVALID"), PlatformFailureKind.Misconfigured },
        { HttpStatusCode.Forbidden, Failure(
            403, "PERMISSION_DENIED", "authorizationError", "DEVELOPER_TOKEN_NOT_APPROVED"), PlatformFailureKind.PolicyBlocked },
        { HttpStatusCode.Forbidden, Failure(
            403, "PERMISSION_DENIED", "authorizationError", "CUSTOMER_NOT_ENABLED"), PlatformFailureKind.PolicyBlocked },
        { HttpStatusCode.Forbidden, Failure(
            403, "PERMISSION_DENIED", "authorizationError", "MISSING_TOS"), PlatformFailureKind.PolicyBlocked },
        { HttpStatusCode.Forbidden, Failure(
            403, "PERMISSION_DENIED", "authorizationError", "USER_PERMISSION_DENIED"), PlatformFailureKind.PermissionDenied },
        { HttpStatusCode.TooManyRequests, Failure(
            429, "RESOURCE_EXHAUSTED", "quotaError", "RESOURCE_EXHAUSTED"), PlatformFailureKind.RateLimited },
        { HttpStatusCode.TooManyRequests, Failure(
            429, "RESOURCE_EXHAUSTED", "quotaError", "RESOURCE_TEMPORARILY_EXHAUSTED"), PlatformFailureKind.RateLimited },
        { HttpStatusCode.BadRequest, Failure(
            400, "INVALID_ARGUMENT", "requestError", "BAD_RESOURCE_ID"), PlatformFailureKind.InvalidRequest },
        { HttpStatusCode.NotFound, "<html>the version is over</html>", PlatformFailureKind.NotFound },
        { HttpStatusCode.InternalServerError, Failure(500, "INTERNAL", "internalError", "INTERNAL_ERROR"), PlatformFailureKind.Transient },
        { HttpStatusCode.OK, "{}", PlatformFailureKind.NotFound },
        { HttpStatusCode.OK, """{"resourceNames":["../steal","customers/x"]}""", PlatformFailureKind.NotFound },
    };

    public override (HttpStatusCode Status, string Body) Dead =>
        (HttpStatusCode.Unauthorized, Failure(401, "UNAUTHENTICATED", "authenticationError", "OAUTH_TOKEN_EXPIRED"));

    public override Recorded Limited => Reading with
    {
        Status = HttpStatusCode.TooManyRequests,
        Body = Failure(
            429, "RESOURCE_EXHAUSTED", "quotaError", "RESOURCE_EXHAUSTED",
            ""","details":{"quotaErrorDetails":{"rateScope":"ACCOUNT","retryDelay":"30s"}}"""),
    };

    public override TimeSpan Pause => TimeSpan.FromSeconds(30);

    protected override string Needed => "https://www.googleapis.com/auth/adwords";

    /// <summary>An error of Google Ads within one of Google's APIs.</summary>
    public static string Failure(int code, string status, string family, string error, string more = "") => Error(code, status, $$$"""
        {"@type":"type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure","requestId":"AbC","errors":[{"errorCode":{"{{{family}}}":"{{{error}}}"},"message":"For developers only"{{{more}}}}]}
        """);
}
