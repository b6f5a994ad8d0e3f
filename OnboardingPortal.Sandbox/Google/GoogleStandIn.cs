using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.OAuth;
using OnboardingPortal.Sandbox.Pages;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>
/// Google's sign-in, for one of its products: scopes can be unticked, and a refresh token comes only when it is asked for.
/// </summary>
internal abstract class GoogleStandIn(OAuthServices services, string dataScope, string dataWords)
    : OAuthStandIn(services, new(GoogleApp.ClientId, GoogleApp.ClientSecret))
{
    private const string ScopeRoot = "https://www.googleapis.com/auth/";

    public override IReadOnlyDictionary<string, string> ScopeWords { get; } = new Dictionary<string, string>
    {
        ["openid"] = "Know who you are on Google",
        ["email"] = "See your e-mail address",
        ["profile"] = "See your name",
        [ScopeRoot + dataScope] = dataWords,
    };

    public override TimeSpan? AccessTokenLife { get; } = TimeSpan.FromSeconds(3599);

    public override bool CanBeUnticked(string scope) => scope == ScopeRoot + dataScope;
    public override bool GivesRefreshToken(AuthorizeRequest granted) => granted.AsksForOffline;
    public override string NewAccessToken() => $"ya29.{SandboxTokens.RandomText(90)}";
    public override string NewRefreshToken() => $"1//0g{SandboxTokens.RandomText(60)}";

    public override void Map(IEndpointRouteBuilder sandbox)
    {
        var google = sandbox.MapGroup($"/{Key}");
        google.MapOAuthDialog(this, "o/oauth2/v2/auth");
        google.MapOAuthToken(this, "token");
        google.MapOAuthRevoke(this, "revoke");
        google.MapGet("v1/userinfo", (HttpRequest http) => UserInfoAsync(http.HttpContext));
        MapApi(google);
    }

    public override JsonObject Describe(HttpRequest http, SandboxPerson person, OAuthTokens tokens, bool isRefresh)
    {
        var body = new JsonObject { ["access_token"] = tokens.Access.Value, ["expires_in"] = (int)AccessTokenLife!.Value.TotalSeconds };
        if (tokens.RefreshToken is not null && !isRefresh)
            body["refresh_token"] = tokens.RefreshToken;
        // by its full name
        body["scope"] = string.Join(' ', tokens.Access.Scopes.Select(s => s is "email" or "profile" ? $"{ScopeRoot}userinfo.{s}" : s));
        body["token_type"] = "Bearer";
        return body;
    }

    public override IResult Stop(SandboxPerson person, AuthorizeRequest request) => SandboxPages.Problem(
        Key,
        "Access blocked: your institution's admin needs to review this app. (Error 400: admin_policy_enforced)",
        request.ErrorAddress("admin_policy_enforced"));

    public override IResult Refuse(OAuthRefusal refusal) => Json(
        new JsonObject { ["error"] = ErrorOf(refusal), ["error_description"] = DescriptionOf(refusal) },
        refusal == OAuthRefusal.ClientUnknown ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest);

    protected abstract void MapApi(IEndpointRouteBuilder google);

    protected static IEnumerable<AccountRole> Roles(string product, string holds) =>
    [
        .. AccountPeople.Well(holds),
        AccountPeople.Cancels("Google"),
        new("Unticks a permission", "Half Measures", $"Signs in, but does not let the app see {product}.",
            SandboxBehaviour.UnticksPermission),
        new("Workspace policy", "Locked Doors",
            "Google stops at a page of its own: the administrator of the company's Google Workspace allows this app to nobody.",
            SandboxBehaviour.StoppedAtSignIn),
        .. AccountPeople.Expiring("Google"),
    ];

    protected override IResult TokenProblem(HttpContext http) => GoogleError.Unauthenticated;

    protected override IResult Disturbed(HttpContext http, Disturbance disturbance) => disturbance switch
    {
        Disturbance.RateLimited => GoogleError.Exhausted,
        Disturbance.AccountClosed => GoogleError.PermissionDenied,
        _ => GoogleError.Internal,
    };

    protected Task<IResult> AnswerAsync(HttpRequest http, Func<AccountPerson, IResult> answer) => AnswerAsync<AccountPerson>(
        http.HttpContext, (person, token) => token.Scopes.Contains(ScopeRoot + dataScope) ? answer(person) : GoogleError.ScopeMissing);

    protected override string ErrorOf(OAuthRefusal refusal) => refusal == OAuthRefusal.RedirectDiffers
        ? "redirect_uri_mismatch"
        : base.ErrorOf(refusal);

    protected override string DescriptionOf(OAuthRefusal refusal) => refusal switch
    {
        OAuthRefusal.RefreshTokenInvalid => "Token has been expired or revoked.",
        OAuthRefusal.CodeInvalid or OAuthRefusal.RedirectDiffers => "Bad Request",
        OAuthRefusal.ClientUnknown => "Unauthorized",
        _ => base.DescriptionOf(refusal),
    };

    private async Task<IResult> UserInfoAsync(HttpContext http)
    {
        if (FindLive(Bearer(http.Request)) is not (AccountPerson person, _))
            return TokenProblem(http);
        if (person.Behaviour != SandboxBehaviour.AccountClosed && await DisturbAsync(http, person) is { } disturbed)
            return disturbed; // who somebody is stays known when the product's account is closed
        return Json(new JsonObject
        {
            ["sub"] = $"109800000000000000{person.Number:000}",
            ["name"] = person.Name,
            ["given_name"] = person.Name.Split(' ', 2)[0],
            ["family_name"] = person.Name.Split(' ', 2)[^1],
            ["email"] = person.Email,
            ["email_verified"] = true,
        });
    }
}
