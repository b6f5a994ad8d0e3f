using System.Net;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

public sealed class FacebookContract : SignInContract<FacebookAnswers>;

public sealed class FacebookAnswers : SignInAnswers
{
    private static readonly DateTimeOffset End = DateTimeOffset.FromUnixTimeSeconds(1777000000);

    public override PlatformKey Key => FacebookDefaults.Key;

    public override string AuthorizeAddress => "https://www.facebook.com/v25.0/dialog/oauth";

    public override string ClientId => TestPortal.FacebookAppId;

    public override string? Scope =>
        "public_profile,email,business_management,ads_management,pages_show_list,pages_read_engagement,pages_manage_metadata";

    public override Dictionary<string, string> ExchangeForm => [];

    public override PlatformCredentials Credentials => new("client-token", null, End, null);

    public override PlatformAccount Account => new("10215000000000001", "A page admin", "office@bluebakery.example");

    public override string? Granted => "ads_management business_management pages_show_list public_profile";

    public override IReadOnlyList<Recorded> Identity =>
        [new(HttpMethod.Get, GraphStub.Address + "me",
            """{"id":"10215000000000001","name":"A page admin","email":"office@bluebakery.example"}""")];

    public override IReadOnlyList<Recorded> SignIn =>
    [
        new(HttpMethod.Get, GraphStub.Address + "oauth/access_token",
            """{"access_token":"client-token","token_type":"bearer","expires_in":5183944}"""),
        Check,
        .. Identity,
        Permissions("granted", "granted", "granted"),
    ];

    public override IReadOnlyList<Recorded> Partial =>
        [Permissions("declined", "granted", "granted"), Permissions("granted", "declined", "granted"), Permissions(
            "granted", "granted", "expired")];

    public override TheoryData<HttpStatusCode, string, PlatformFailureKind> Errors
    {
        get
        {
            var data = new TheoryData<HttpStatusCode, string, PlatformFailureKind>();
            void Add(PlatformFailureKind kind, params int[] codes)
            {
                foreach (var code in codes) data.Add(HttpStatusCode.BadRequest, GraphStub.Error(code), kind);
            }

            Add(PlatformFailureKind.AuthExpired, 102, 190);
            Add(PlatformFailureKind.PermissionDenied, 3, 10, 200, 294, 299);
            Add(PlatformFailureKind.RateLimited, 4, 17, 32, 341, 613, 80000, 80004, 80014);
            Add(PlatformFailureKind.InvalidRequest, 100, 2650);
            Add(PlatformFailureKind.PolicyBlocked, 368);
            Add(PlatformFailureKind.Transient, 1, 2);
            data.Add(HttpStatusCode.BadRequest, GraphStub.Error(100, 33), PlatformFailureKind.NotFound);
            data.Add(HttpStatusCode.BadRequest, GraphStub.Error(100, 1713230), PlatformFailureKind.PolicyBlocked);
            return data;
        }
    }

    public override (HttpStatusCode Status, string Body) Dead => (HttpStatusCode.Unauthorized, GraphStub.Error(190, 463));

    public override Recorded Limited => Identity[0] with
    {
        Status = HttpStatusCode.BadRequest,
        Body = GraphStub.Error(80004, 2446079),
        Headers = new Dictionary<string, string>
        {
            ["X-Business-Use-Case-Usage"] = """{"1234567890":[{"type":"ads_management","call_count":100,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":19}]}""",
        },
    };

    public override TimeSpan Pause => TimeSpan.FromMinutes(19);

    public override IReadOnlyList<Recorded> Refresh =>
        [SignIn[0] with { Body = """{"access_token":"renewed","token_type":"bearer"}""" }, Check];

    public override PlatformCredentials? Renewed => Credentials with { AccessToken = "renewed" };

    public override (HttpStatusCode Status, string Body) RefusedRefresh => (HttpStatusCode.BadRequest, GraphStub.Error(190, 463));

    public override Recorded? Revoke => new(HttpMethod.Delete, GraphStub.Address + "me/permissions", """{"success":true}""");

    public override Recorded SetupCheck => SignIn[0];

    public override TheoryData<HttpStatusCode, string, PlatformSetupVerdict> SetupVerdicts => new()
    {
        { HttpStatusCode.OK, """{"access_token":"1029384756|x","token_type":"bearer"}""", PlatformSetupVerdict.Works },
        { HttpStatusCode.BadRequest, GraphStub.Error(101), PlatformSetupVerdict.SecretRefused },
        { HttpStatusCode.BadRequest, GraphStub.Error(1), PlatformSetupVerdict.SecretRefused },
        { HttpStatusCode.InternalServerError, GraphStub.Error(1), PlatformSetupVerdict.Unreachable },
        { HttpStatusCode.OK, "{}", PlatformSetupVerdict.Unclear },
    };

    private static Recorded Check => new(HttpMethod.Get, GraphStub.Address + "debug_token", $$$"""
        {"data":{"app_id":"{{{TestPortal.FacebookAppId}}}","type":"USER","is_valid":true,"user_id":"10215000000000001","expires_at":1777000000,"scopes":[]}}
        """);

    private static Recorded Permissions(
        string business, string ads, string pages) => new(HttpMethod.Get, GraphStub.Address + "me/permissions", $$"""
        {"data":[{"permission":"public_profile","status":"granted"},{"permission":"business_management","status":"{{business}}"},
                 {"permission":"ads_management","status":"{{ads}}"},{"permission":"pages_show_list","status":"{{pages}}"},{"permission":"email","status":"declined"}]}
        """);
}
