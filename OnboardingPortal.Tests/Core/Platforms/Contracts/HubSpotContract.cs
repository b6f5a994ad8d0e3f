using System.Net;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.HubSpot;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

public sealed class HubSpotContract : SignInContract<HubSpotAnswers>;

public sealed class HubSpotAnswers : SignInAnswers
{
    private const string Token = "https://api.hubapi.com/oauth/2026-03/token";
    private const string RateLimit = """
        {"status":"error","message":"You have reached your ten_secondly_rolling limit.","errorType":"RATE_LIMIT","correlationId":"c033","policyName":"TEN_SECONDLY_ROLLING","requestId":"3d3e"}
        """;

    public override PlatformKey Key => HubSpotDefaults.Key;

    public override string AuthorizeAddress => "https://app.hubspot.com/oauth/authorize";

    public override string ClientId => "hubspot-client";

    public override string? Scope => "oauth crm.objects.contacts.read crm.lists.read";

    public override PlatformCredentials Credentials => new("CIrT", "na1-1234", FakeTime.Start.AddMinutes(30), null);

    public override PlatformAccount Account => new("62515", "bluebakery.example", "office@bluebakery.example");

    public override string? Granted => "crm.lists.read crm.objects.contacts.read oauth";

    public override IReadOnlyList<Recorded> Identity => [new(HttpMethod.Post, Token + "/introspect", """
        {"active":true,"token_use":"access_token","hub_id":62515,"user_id":123,"user":"office@bluebakery.example","hub_domain":"bluebakery.example","app_id":456,"client_id":"hubspot-client",
         "scopes":["oauth","crm.objects.contacts.read"],"expires_in":1754,"token_type":"access","is_private_distribution":false,"token":"CIrT"}
        """)];

    public override IReadOnlyList<Recorded> SignIn =>
        [new(HttpMethod.Post, Token, TokenBody("oauth", "crm.objects.contacts.read", "crm.lists.read")), .. Identity];

    public override IReadOnlyList<Recorded> Partial =>
    [
        new(HttpMethod.Post, Token, TokenBody("oauth", "crm.lists.read")),
        new(HttpMethod.Post, Token, TokenBody("oauth", "crm.objects.contacts.read")),
        new(HttpMethod.Post, Token, TokenBody()),
    ];

    public override TheoryData<HttpStatusCode, string, PlatformFailureKind> Errors => new()
    {
        { HttpStatusCode.Unauthorized,
            """{"status":"error","message":"The access token is expired","correlationId":"c033","category":"EXPIRED_AUTHENTICATION"}""",
            PlatformFailureKind.AuthExpired },
        { HttpStatusCode.BadRequest,
            """{"error":"invalid_grant","status":"BAD_REFRESH_TOKEN","message":"refresh token is invalid, expired or revoked"}""",
            PlatformFailureKind.AuthExpired },
        { HttpStatusCode.BadRequest,
            """{"status":"BAD_REFRESH_TOKEN","message":"refresh token is invalid, expired or revoked","correlationId":"c033"}""",
            PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Forbidden,
            """{"message":"This app hasn't been granted all required scopes","correlationId":"c033","category":"MISSING_SCOPES","errors":[{"message":"m","context":{"missingScopes":["crm.lists.read"]}}]}""", PlatformFailureKind.PermissionDenied },
        { HttpStatusCode.BadRequest, """{"message":"m","category":"MISSING_SCOPES","context":{"missingScopes":["crm.lists.read"]}}""",
            PlatformFailureKind.PermissionDenied },
        { HttpStatusCode.TooManyRequests, RateLimit, PlatformFailureKind.RateLimited },
        { HttpStatusCode.BadRequest,
            """{"message":"Invalid input","correlationId":"c033","category":"VALIDATION_ERROR","errors":[{"message":"m","code":"c","in":"limit"}],"context":{},"links":{}}""", PlatformFailureKind.InvalidRequest },
        { HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"d"}""", PlatformFailureKind.Misconfigured },
        { HttpStatusCode.NotFound, """{"message":"resource not found","correlationId":"c033","category":"OBJECT_NOT_FOUND"}""",
            PlatformFailureKind.NotFound },
        { HttpStatusCode.BadGateway, """{"status":"error","message":"internal error","correlationId":"c033"}""",
            PlatformFailureKind.Transient },
    };

    public override (HttpStatusCode Status, string Body) Dead => (HttpStatusCode.OK, """{"active":false}""");

    public override Recorded Limited => Identity[0] with { Status = HttpStatusCode.TooManyRequests, Body = RateLimit };

    public override TimeSpan Pause => TimeSpan.FromSeconds(10);

    public override IReadOnlyList<Recorded> Refresh =>
        [new(HttpMethod.Post, Token, """{"access_token":"CNew","expires_in":1800,"token_type":"bearer","token_use":"access_token"}""")];

    public override PlatformCredentials? Renewed => Credentials with { AccessToken = "CNew" };

    public override Recorded? Rotated =>
        Refresh[0] with
        {
            Body = """{"access_token":"CNew","refresh_token":"rotated","expires_in":1800,"token_type":"bearer","token_use":"access_token"}"""
        };

    public override (HttpStatusCode Status, string Body) RefusedRefresh => (HttpStatusCode.BadRequest, """
        {"error":"invalid_grant","error_description":"refresh token is invalid, expired or revoked","status":"BAD_REFRESH_TOKEN","message":"refresh token is invalid, expired or revoked"}
        """);

    public override Recorded? Revoke => new(HttpMethod.Post, Token + "/revoke");

    public override Dictionary<string, string> RevokeForm => new()
    {
        ["client_id"] = "hubspot-client",
        ["client_secret"] = "hubspot-secret",
        ["token"] = "na1-1234",
        ["token_type_hint"] = "refresh_token",
    };

    public override Recorded SetupCheck => new(HttpMethod.Post, Token);

    public override TheoryData<HttpStatusCode, string, PlatformSetupVerdict> SetupVerdicts => OAuthSetup.Verdicts;

    private static string TokenBody(params string[] scopes) => $$"""
        {"access_token":"CIrT","refresh_token":"na1-1234","expires_in":1800,"token_type":"bearer","token_use":"access_token","hub_id":62515,"user_id":123,"scopes":[{{string.Join(',', scopes.Select(s => $"\"{s}\""))}}]}
        """;
}
