using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.OAuth;

/// <summary>What every stand-in with an authorization page works with.</summary>
public sealed record OAuthServices(
    SandboxSignIns SignIns, SandboxTokens Tokens, SandboxGrants Grants, SandboxDisturbances Disturbances, TimeProvider Clock);

/// <summary>What a platform knows the portal as.</summary>
public sealed record OAuthApp(string ClientId, string ClientSecret);

/// <summary>
/// A platform with an authorization page, a token endpoint and an API that is called with the token. A platform says where
/// they are and what its answers look like; what they check is here, once.
/// </summary>
public abstract class OAuthStandIn(OAuthServices services, OAuthApp app) : IStandIn
{
    public abstract string Key { get; }
    public abstract string Name { get; }
    public abstract string Section { get; }
    public abstract IReadOnlyList<SandboxPerson> People { get; }
    public virtual Type? Overview => null;
    public virtual bool HasContacts => false;

    public OAuthServices Services => services;
    public OAuthApp App => app;

    /// <summary>Every scope that may be asked for, in the words of the consent page; empty where there are no scopes.</summary>
    public virtual IReadOnlyDictionary<string, string> ScopeWords { get; } = new Dictionary<string, string>();

    /// <summary>Whether people may leave this scope out on the consent page.</summary>
    public virtual bool CanBeUnticked(string scope) => false;

    /// <summary>Whether a request without a PKCE challenge is sent back.</summary>
    public virtual bool RequiresChallenge => false;

    /// <summary>Whether the authorization page insists on <c>response_type</c>.</summary>
    public virtual bool NeedsResponseType => true;

    /// <summary>What goes with <c>access_denied</c>; null where nothing is known to.</summary>
    public virtual string? DenialDescription => null;

    /// <summary>Null where it never expires.</summary>
    public abstract TimeSpan? AccessTokenLife { get; }

    public abstract string NewAccessToken();
    public virtual string NewRefreshToken() => SandboxTokens.RandomText(32);
    public virtual bool GivesRefreshToken(AuthorizeRequest granted) => false;

    /// <summary>What happens to somebody whom the platform stops after the sign-in form.</summary>
    public virtual IResult Stop(SandboxPerson person, AuthorizeRequest request) => request.ReturnError("access_denied");

    /// <summary>The members of a successful answer of the token endpoint.</summary>
    public abstract JsonObject Describe(HttpRequest http, SandboxPerson person, OAuthTokens tokens, bool isRefresh);

    /// <summary>The platform's way to refuse at the token endpoint.</summary>
    public virtual IResult Refuse(OAuthRefusal refusal) =>
        Json(new JsonObject { ["error"] = ErrorOf(refusal), ["error_description"] = DescriptionOf(refusal) },
            StatusCodes.Status400BadRequest);

    public abstract void Map(IEndpointRouteBuilder sandbox);

    /// <summary>The answer to a call whose token does not work.</summary>
    protected abstract IResult TokenProblem(HttpContext http);

    /// <summary>The answer to a call that is to go wrong; only what is not <see cref="Disturbance.Nonsense"/> or none comes here.</summary>
    protected abstract IResult Disturbed(HttpContext http, Disturbance disturbance);

    public static IResult Json(JsonNode body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToJsonString(), "application/json", Encoding.UTF8, status);

    /// <summary>Whatever is to go wrong for this person; null when nothing is.</summary>
    public async Task<IResult?> DisturbAsync(HttpContext http, SandboxPerson person) =>
        await services.Disturbances.ForAsync(person, http.RequestAborted) switch
        {
            Disturbance.None => null,
            Disturbance.Nonsense => Results.Text(SandboxDisturbances.NonsenseBody, "application/json"),
            var disturbance => Disturbed(http, disturbance),
        };

    public SandboxPerson? FindPerson(string? key) => People.FirstOrDefault(p => p.Key == key);

    /// <summary>What every call with a token passes: the token, the account's state, and whatever is to go wrong for that person.</summary>
    protected async Task<IResult> AnswerAsync<TPerson>(HttpContext http, Func<TPerson, SandboxToken, IResult> answer)
        where TPerson : SandboxPerson =>
        FindLive(Bearer(http.Request)) is (TPerson person, var token)
            ? await DisturbAsync(http, person) ?? answer(person, token)
            : TokenProblem(http);

    /// <summary>The token behind a value and whose it is, if it works.</summary>
    protected (SandboxPerson Person, SandboxToken Token)? FindLive(string? value) =>
        value is not null && services.Tokens.Find(Key, value) is { } token && token.IsLive(services.Clock.GetUtcNow())
            && FindPerson(token.Person) is { } person
            ? (person, token)
            : null;

    /// <summary>The standard's word for a refusal, unless the platform has another.</summary>
    protected virtual string ErrorOf(OAuthRefusal refusal) => refusal switch
    {
        OAuthRefusal.NotAForm => "invalid_request",
        OAuthRefusal.ClientUnknown => "invalid_client",
        OAuthRefusal.GrantTypeUnknown => "unsupported_grant_type",
        _ => "invalid_grant",
    };

    protected virtual string DescriptionOf(OAuthRefusal refusal) => refusal switch
    {
        OAuthRefusal.NotAForm => "the request must be a form",
        OAuthRefusal.ClientUnknown => "invalid client credentials",
        OAuthRefusal.GrantTypeUnknown => "grant type not supported",
        OAuthRefusal.CodeInvalid => "invalid authorization code",
        OAuthRefusal.RedirectDiffers => "redirect_uri must match",
        OAuthRefusal.VerifierMissing => "missing code verifier",
        OAuthRefusal.VerifierWrong => "invalid code verifier",
        _ => "expired access/refresh token",
    };

    protected static string RandomHex(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    // The older guides of several platforms write OAuth where the present ones write Bearer; both are accepted.
    protected static string? Bearer(HttpRequest request) => request.Headers.Authorization.ToString().Split(' ', 2) switch
    {
        [var scheme, var value] when scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || scheme.Equals("OAuth", StringComparison.OrdinalIgnoreCase) => value.Trim(),
        _ => null,
    };
}

/// <summary>Why a token endpoint refuses.</summary>
public enum OAuthRefusal
{
    NotAForm,
    ClientUnknown,
    GrantTypeUnknown,
    CodeInvalid,
    RedirectDiffers,
    VerifierMissing,
    VerifierWrong,
    RefreshTokenInvalid,
}
