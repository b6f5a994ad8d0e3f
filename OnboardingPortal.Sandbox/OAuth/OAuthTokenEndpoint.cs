using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.OAuth;

/// <summary>A token endpoint: codes and refresh tokens in, access tokens out.</summary>
internal static class OAuthTokenEndpoint
{
    public static void MapOAuthToken(this IEndpointRouteBuilder endpoints, OAuthStandIn platform, string path) =>
        endpoints.MapPost(path, (HttpRequest http) => AnswerAsync(http.HttpContext, platform));

    /// <summary>Revocation by anybody who holds a token, as Salesforce and Google have it: no secret is asked for.</summary>
    public static void MapOAuthRevoke(this IEndpointRouteBuilder endpoints, OAuthStandIn platform, string path) =>
        endpoints.MapPost(path, async (HttpRequest http) =>
        {
            var form = http.HasFormContentType ? await http.ReadFormAsync(http.HttpContext.RequestAborted) : FormCollection.Empty;
            return platform.Services.Grants.Revoke(platform.Key, form["token"])
                ? Results.Ok()
                : OAuthStandIn.Json(
                    new JsonObject { ["error"] = "invalid_token", ["error_description"] = "invalid token" },
                    StatusCodes.Status400BadRequest);
        });

    /// <summary>The form, if it comes from the portal; a refusal otherwise.</summary>
    public static async Task<(IFormCollection? Form, IResult? Refusal)> ReadFormAsync(HttpContext http, OAuthStandIn platform)
    {
        if (!http.Request.HasFormContentType)
            return (null, platform.Refuse(OAuthRefusal.NotAForm));
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return form["client_id"] == platform.App.ClientId && form["client_secret"] == platform.App.ClientSecret
            ? (form, null)
            : (null, platform.Refuse(OAuthRefusal.ClientUnknown));
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, OAuthStandIn platform)
    {
        var (form, refusal) = await ReadFormAsync(http, platform);
        if (form is null)
            return refusal!;
        return form["grant_type"].ToString() switch
        {
            "authorization_code" => await ExchangeAsync(http, platform, form),
            "refresh_token" => await RefreshAsync(http, platform, form),
            _ => platform.Refuse(OAuthRefusal.GrantTypeUnknown),
        };
    }

    private static async Task<IResult> ExchangeAsync(HttpContext http, OAuthStandIn platform, IFormCollection form)
    {
        var (outcome, code) = platform.Services.SignIns.TakeCode(platform.Key, form["code"], form["redirect_uri"]);
        if (outcome == CodeOutcome.OtherRedirect)
            return platform.Refuse(OAuthRefusal.RedirectDiffers);
        if (code is null || platform.FindPerson(code.Person) is not { } person)
            return platform.Refuse(OAuthRefusal.CodeInvalid);
        if (code.Request.CodeChallenge is { } challenge)
        {
            if (form["code_verifier"].ToString() is not { Length: > 0 } verifier)
                return platform.Refuse(OAuthRefusal.VerifierMissing);
            if (Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) != challenge)
                return platform.Refuse(OAuthRefusal.VerifierWrong);
        }

        await platform.Services.Disturbances.DelayAsync(person, http.RequestAborted);
        return Answer(http, platform, person, platform.Services.Grants.Begin(platform, person, code.Request), isRefresh: false);
    }

    private static async Task<IResult> RefreshAsync(HttpContext http, OAuthStandIn platform, IFormCollection form)
    {
        if (platform.Services.Grants.FindRefreshToken(platform.Key, form["refresh_token"]) is not { } token
            || platform.FindPerson(token.Person) is not { } person)
            return platform.Refuse(OAuthRefusal.RefreshTokenInvalid);
        if (await platform.DisturbAsync(http, person) is { } disturbed)
            return disturbed;
        return platform.Services.Grants.Refresh(platform, person, token) is { } tokens
            ? Answer(http, platform, person, tokens, isRefresh: true)
            : platform.Refuse(OAuthRefusal.RefreshTokenInvalid);
    }

    private static IResult Answer(HttpContext http, OAuthStandIn platform, SandboxPerson person, OAuthTokens tokens, bool isRefresh) =>
        OAuthStandIn.Json(platform.Describe(http.Request, person, tokens, isRefresh));
}
