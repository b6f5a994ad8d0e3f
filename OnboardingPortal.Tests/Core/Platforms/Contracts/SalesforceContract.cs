using System.Net;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Salesforce;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

public sealed class SalesforceContract : SignInContract<SalesforceAnswers>;

public sealed class SalesforceAnswers : SignInAnswers
{
    public const string Instance = "https://bluebakery.my.salesforce.com/";
    public const string Identities = "https://login.salesforce.com/id/00Dx0000000BV7zEAG/005x00000012Q9PAAU";
    private const string Token = "https://login.salesforce.com/services/oauth2/token";

    private static readonly string[] Elsewhere =
    [
        "https://evil.example", "https://bluebakery.my.salesforce.com.evil.example", "https://evilsalesforce.com",
        "http://bluebakery.my.salesforce.com",
        "https://bluebakery.my.salesforce.com:8443", "https://bluebakery.my.salesforce.com@evil.example",
        "https://user:secret@bluebakery.my.salesforce.com",
        "https://127.0.0.1", "http://169.254.169.254/latest", "http://127.0.0.1:5080/sandbox/salesforce/", "file:///etc/passwd", "",
    ];

    public override PlatformKey Key => SalesforceDefaults.Key;

    public override string AuthorizeAddress => "https://login.salesforce.com/services/oauth2/authorize";

    public override string ClientId => "salesforce-client";

    public override string? Scope => "api refresh_token id";

    public override bool HasChallenge => true;

    public override PlatformCredentials Credentials =>
        new("00Dx!AR8", "5Aep861", null, new Uri(Instance), new Uri("https://login.salesforce.com/"), new Uri(Identities));

    public override PlatformAccount Account => new("00Dx0000000BV7zEAG/005x00000012Q9PAAU", "An admin", "office@bluebakery.example");

    public override string? Granted => "api id refresh_token";

    public override IReadOnlyList<Recorded> Identity => [new(HttpMethod.Get, Identities, """
        {"id":"https://login.salesforce.com/id/00Dx0000000BV7zEAG/005x00000012Q9PAAU","user_id":"005x00000012Q9PAAU","organization_id":"00Dx0000000BV7zEAG",
         "username":"office@bluebakery.example","display_name":"An admin","email":"office@bluebakery.example","email_verified":true,
         "urls":{"rest":"https://bluebakery.my.salesforce.com/services/data/v{version}/"}}
        """)];

    public override IReadOnlyList<Recorded> SignIn => [new(HttpMethod.Post, Token, TokenBody()), .. Identity];

    public override IReadOnlyList<Recorded> Partial =>
    [
        new(HttpMethod.Post, Token, TokenBody(scope: "refresh_token id")),
        new(HttpMethod.Post, Token, TokenBody(scope: "api id")),
        new(HttpMethod.Post, Token, TokenBody(refresh: "")),
    ];

    public override IReadOnlyList<Recorded> Foreign =>
    [
        .. Elsewhere.Select(a => new Recorded(HttpMethod.Post, Token, TokenBody(instance: a))),
        .. Elsewhere.Select(a => new Recorded(HttpMethod.Post, Token, TokenBody(id: a))),
    ];

    public override TheoryData<HttpStatusCode, string, PlatformFailureKind> Errors => new()
    {
        { HttpStatusCode.Unauthorized, """[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""",
            PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Forbidden, "Bad_OAuth_Token", PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Forbidden, """[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""",
            PlatformFailureKind.RateLimited },
        { HttpStatusCode.Forbidden, """[{"message":"insufficient access rights","errorCode":"INSUFFICIENT_ACCESS"}]""",
            PlatformFailureKind.PermissionDenied },
        { HttpStatusCode.Forbidden,
            """[{"message":"The REST API is not enabled for this Organization.","errorCode":"API_DISABLED_FOR_ORG"}]""",
            PlatformFailureKind.PolicyBlocked },
        { HttpStatusCode.BadRequest, """[{"message":"unexpected token","errorCode":"MALFORMED_QUERY"}]""",
            PlatformFailureKind.InvalidRequest },
        { HttpStatusCode.BadRequest, """[{"message":"No such column","errorCode":"INVALID_FIELD"}]""", PlatformFailureKind.InvalidRequest },
        { HttpStatusCode.BadRequest, """[{"message":"Invalid version","errorCode":"UNSUPPORTED_API_VERSION"}]""",
            PlatformFailureKind.InvalidRequest },
        { HttpStatusCode.NotFound, """[{"message":"Not found","errorCode":"NOT_FOUND"}]""", PlatformFailureKind.NotFound },
        { HttpStatusCode.InternalServerError, """[{"message":"An unexpected error occurred","errorCode":"UNKNOWN_EXCEPTION"}]""",
            PlatformFailureKind.Transient },
    };

    public override (HttpStatusCode Status, string Body) Dead =>
        (HttpStatusCode.Unauthorized, """[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""");

    public override Recorded Limited => Identity[0] with
    {
        Status = HttpStatusCode.Forbidden,
        Body = """[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""",
        Headers = new Dictionary<string, string> { ["Sforce-Limit-Info"] = "api-usage=15000/15000" },
    };

    public override TimeSpan Pause => TimeSpan.FromHours(1);

    public override IReadOnlyList<Recorded> Refresh => [new(HttpMethod.Post, Token, """
        {"access_token":"00Dx!NEW","signature":"CMJ4l+","instance_url":"https://bluebakery.my.salesforce.com","id":"https://login.salesforce.com/id/00Dx/005x","token_type":"Bearer","issued_at":"1767225600000"}
        """)];

    public override PlatformCredentials? Renewed => Credentials with { AccessToken = "00Dx!NEW" };

    public override Recorded? Rotated => Refresh[0] with { Body = """{"access_token":"00Dx!NEW","refresh_token":"rotated"}""" };

    public override (HttpStatusCode Status, string Body) RefusedRefresh =>
        (HttpStatusCode.BadRequest, """{"error":"invalid_grant","error_description":"expired access/refresh token"}""");

    public override Recorded? Revoke => new(HttpMethod.Post, Instance + "services/oauth2/revoke");

    public override Dictionary<string, string> RevokeForm => new() { ["token"] = "5Aep861" };

    public override Recorded SetupCheck => new(HttpMethod.Post, Token);

    public override TheoryData<HttpStatusCode, string, PlatformSetupVerdict> SetupVerdicts => OAuthSetup.Verdicts;

    private static string TokenBody(
        string scope = "refresh_token id api", string refresh = "5Aep861", string instance = "https://bluebakery.my.salesforce.com",
        string id = Identities) => $$"""
        {"access_token":"00Dx!AR8","refresh_token":"{{refresh}}","signature":"CMJ4l+","scope":"{{scope}}","instance_url":"{{instance}}","id":"{{id}}","token_type":"Bearer","issued_at":"1767225600000"}
        """;
}
