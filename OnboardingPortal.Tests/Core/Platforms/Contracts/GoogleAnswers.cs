using System.Net;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

/// <summary>What Google answers for each of its platforms.</summary>
public abstract class GoogleAnswers : SignInAnswers
{
    private const string Token = "https://oauth2.googleapis.com/token";

    public override string AuthorizeAddress => "https://accounts.google.com/o/oauth2/v2/auth";

    public override string? Scope => $"openid email profile {Needed}";

    public override bool HasChallenge => true;

    public override PlatformCredentials Credentials => new("ya29.a0", "1//0g", FakeTime.Start.AddSeconds(3599), null);

    public override string? Granted => $"{Needed} https://www.googleapis.com/auth/userinfo.email openid";

    public override IReadOnlyList<Recorded> SignIn =>
        [new(HttpMethod.Post, Token, TokenBody($"openid https://www.googleapis.com/auth/userinfo.email {Needed}")), .. Identity];

    public override IReadOnlyList<Recorded> Partial =>
    [
        new(HttpMethod.Post, Token, TokenBody("openid https://www.googleapis.com/auth/userinfo.email")),
        new(HttpMethod.Post, Token, TokenBody($"openid {Needed}", refresh: "")),
        new(HttpMethod.Post, Token, TokenBody($"openid {Needed}extended")),
    ];

    public override IReadOnlyList<Recorded> Refresh =>
        [new(HttpMethod.Post, Token, """{"access_token":"ya29.new","expires_in":3599,"scope":"openid","token_type":"Bearer"}""")];

    public override PlatformCredentials? Renewed => Credentials with { AccessToken = "ya29.new" };

    public override Recorded? Rotated =>
        Refresh[0] with { Body = """{"access_token":"ya29.new","refresh_token":"rotated","expires_in":3599}""" };

    public override (HttpStatusCode Status, string Body) RefusedRefresh =>
        (HttpStatusCode.BadRequest, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""");

    public override Recorded? Revoke => new(HttpMethod.Post, "https://oauth2.googleapis.com/revoke", "{}");

    public override Dictionary<string, string> RevokeForm => new() { ["token"] = "1//0g" };

    public override Recorded SetupCheck => new(HttpMethod.Post, Token);

    public override TheoryData<HttpStatusCode, string, PlatformSetupVerdict> SetupVerdicts => OAuthSetup.Verdicts;

    protected abstract string Needed { get; }

    protected static Recorded Person => new(HttpMethod.Get, "https://openidconnect.googleapis.com/v1/userinfo", """
        {"sub":"1098","name":"An owner","given_name":"An","family_name":"owner","picture":"https://lh3.example/x","email":"office@bluebakery.example","email_verified":true}
        """);

    /// <summary>An error of Google's APIs.</summary>
    protected static string Error(int code, string status, string details = "") =>
        $$$"""{"error":{"code":{{{code}}},"message":"For developers only","status":"{{{status}}}","details":[{{{details}}}]}}""";

    private static string TokenBody(string scope, string refresh = "1//0g") => $$"""
        {"access_token":"ya29.a0","expires_in":3599,"refresh_token":"{{refresh}}","scope":"{{scope}}","token_type":"Bearer","id_token":"eyJ"}
        """;
}
