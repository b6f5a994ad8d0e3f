using System.Net;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Mailchimp;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

public sealed class MailchimpContract : SignInContract<MailchimpAnswers>;

public sealed class MailchimpAnswers : SignInAnswers
{
    private const string Login = "https://login.mailchimp.com/oauth2/";

    public override PlatformKey Key => MailchimpDefaults.Key;

    public override string AuthorizeAddress => Login + "authorize";

    public override string ClientId => "mailchimp-client";

    public override string? Scope => null;

    public override PlatformCredentials Credentials => new("5c6cc", null, null, new Uri("https://us21.api.mailchimp.com/"));

    public override PlatformAccount Account => new("a1b2", "Blue Bakery", "office@bluebakery.example");

    public override string? Granted => null;

    public override IReadOnlyList<Recorded> Identity =>
        [new(HttpMethod.Get, "https://us21.api.mailchimp.com/3.0/",
            """{"account_id":"a1b2","account_name":"Blue Bakery","email":"office@bluebakery.example","role":"owner"}""")];

    public override IReadOnlyList<Recorded> SignIn =>
    [
        new(HttpMethod.Post, Login + "token", """{"access_token":"5c6cc","expires_in":0,"scope":null}"""),
        new(HttpMethod.Get, Login + "metadata",
            """{"dc":"us21","role":"owner","accountname":"Blue Bakery","api_endpoint":"https://us21.api.mailchimp.com"}"""),
        .. Identity,
    ];

    public override IReadOnlyList<Recorded> Partial => [];

    public override IReadOnlyList<Recorded> Foreign =>
    [
        new(HttpMethod.Get, Login + "metadata", """{"api_endpoint":"https://evil.example"}"""),
        new(HttpMethod.Get, Login + "metadata", """{"dc":"evil.example/"}"""),
    ];

    public override TheoryData<HttpStatusCode, string, PlatformFailureKind> Errors => new()
    {
        { HttpStatusCode.Unauthorized, Problem(401, "API Key Invalid"), PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Forbidden, Problem(403, "Forbidden"), PlatformFailureKind.PermissionDenied },
        { HttpStatusCode.Forbidden, "Forbidden", PlatformFailureKind.RateLimited },
        { HttpStatusCode.TooManyRequests, Problem(429, "Too Many Requests"), PlatformFailureKind.RateLimited },
        { HttpStatusCode.BadRequest, Problem(400, "Bad Request"), PlatformFailureKind.InvalidRequest },
        { HttpStatusCode.UnprocessableEntity, Problem(422, "Unprocessable Entity"), PlatformFailureKind.InvalidRequest },
        { HttpStatusCode.NotFound, Problem(404, "Resource Not Found"), PlatformFailureKind.NotFound },
        { HttpStatusCode.InternalServerError, Problem(500, "Internal Server Error"), PlatformFailureKind.Transient },
    };

    public override (HttpStatusCode Status, string Body) Dead => (HttpStatusCode.Unauthorized, Problem(401, "API Key Invalid"));

    public override Recorded Limited => Identity[0] with
    {
        Status = HttpStatusCode.TooManyRequests,
        Body = Problem(429, "Too Many Requests"),
        Headers = new Dictionary<string, string> { ["Retry-After"] = "30" },
    };

    public override TimeSpan Pause => TimeSpan.FromSeconds(30);

    public override IReadOnlyList<Recorded> Refresh => [];

    public override PlatformCredentials? Renewed => null;

    public override (HttpStatusCode Status, string Body) RefusedRefresh => default;

    public override Recorded? Revoke => null;

    public override Recorded SetupCheck => new(HttpMethod.Post, Login + "token");

    public override TheoryData<HttpStatusCode, string, PlatformSetupVerdict> SetupVerdicts => OAuthSetup.Verdicts;

    private static string Problem(int status, string title) =>
        $$"""{"type":"https://mailchimp.com/developer/marketing/docs/errors/","title":"{{title}}","status":{{status}},"detail":"For developers only","instance":"995c5cb0"}""";
}
