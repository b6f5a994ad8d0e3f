using System.Text.Json;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;
using OnboardingPortal.Sandbox.Pages;

namespace OnboardingPortal.Sandbox.HubSpot;

/// <summary>HubSpot: sign-in for super admins, the dated OAuth API, tokens for half an hour.</summary>
internal sealed class HubSpotStandIn(OAuthServices services, SandboxContactLists lists, ContactDisturbances disturbances)
    : OAuthStandIn(services, new(HubSpotApp.ClientId, HubSpotApp.ClientSecret))
{
    private const string ContactsScope = "crm.objects.contacts.read";
    private const string ListsScope = "crm.lists.read";
    private readonly HubSpotApi _api = new(lists, disturbances);

    public override string Key => HubSpotApp.Key;
    public override string Name => "HubSpot";
    public override string Section => HubSpotApp.Section;
    public override IReadOnlyList<SandboxPerson> People { get; } = AccountPeople.Of(HubSpotApp.Key,
    [
        .. AccountPeople.Well("lists of 12, 40, 250 and 5,000 contacts"),
        AccountPeople.Cancels("HubSpot"),
        new("Not an admin", "Locked Doors",
            "Is not a super admin of the account: HubSpot stays on a page of its own, and going back brings nothing.",
            SandboxBehaviour.StoppedAtSignIn),
        .. AccountPeople.Expiring("HubSpot"),
        AccountPeople.Rotates("HubSpot"),
        .. AccountPeople.Troubled("HubSpot"),
        .. AccountPeople.Reading("HubSpot"),
        new("Right withdrawn", "Closed Shutters",
            "Once the contacts are changed on the sandbox's page, the app may not read contacts and lists any more.",
            SandboxBehaviour.WithdrawsRight),
    ]);

    public override IReadOnlyDictionary<string, string> ScopeWords { get; } = new Dictionary<string, string>
    {
        ["oauth"] = "Know who you are and which account this is",
        [ContactsScope] = "See your contacts",
        [ListsScope] = "See your lists of contacts",
    };

    public override bool HasContacts => true;
    public override bool NeedsResponseType => false;
    public override TimeSpan? AccessTokenLife { get; } = TimeSpan.FromMinutes(30);

    public override string NewAccessToken() => $"CIrT{SandboxTokens.RandomText(120)}";
    public override string NewRefreshToken() => $"eu1-{Guid.NewGuid()}";
    public override bool GivesRefreshToken(AuthorizeRequest granted) => true;

    public override void Map(IEndpointRouteBuilder sandbox)
    {
        var hubspot = sandbox.MapGroup("/hubspot");
        hubspot.MapOAuthDialog(this, "oauth/authorize");
        hubspot.MapOAuthToken(this, "oauth/2026-03/token");
        hubspot.MapPost("oauth/2026-03/token/introspect", (HttpRequest http) => IntrospectAsync(http.HttpContext));
        hubspot.MapPost("oauth/2026-03/token/revoke", (HttpRequest http) => RevokeAsync(http.HttpContext));

        hubspot.MapGet("account-info/v3/details", (HttpRequest http) => AnswerAsync(http, "oauth", HubSpotApi.Details));
        hubspot.MapGet(
            "crm/v3/objects/contacts", (HttpRequest http) => AnswerAsync(http, ContactsScope, person => _api.Contacts(person, http)));
        hubspot.MapGet(
            "crm/v3/properties/contacts", (HttpRequest http) => AnswerAsync(http, ContactsScope, _ => HubSpotProperties.List()));
        hubspot.MapGet(
            "crm/v3/lists/{list}", (HttpRequest http) => AnswerAsync(http, ListsScope, person => _api.List(person, http)));
        hubspot.MapGet(
            "crm/v3/lists/{list}/memberships",
            (HttpRequest http) => AnswerAsync(http, ListsScope, person => _api.Memberships(person, http)));
        hubspot.MapPost("crm/v3/objects/contacts/batch/read", (HttpRequest http, JsonElement body) =>
            AnswerAsync(http, ContactsScope, person => _api.BatchRead(person, body)));
        hubspot.MapPost("crm/v3/lists/search", (HttpRequest http, JsonElement body) =>
            AnswerAsync(http, ListsScope, person => _api.SearchLists(person, body)));
        hubspot.MapGet("{**path}", (HttpRequest http) => AnswerAsync(http, "oauth", _ => HubSpotProblem.NotFound));
    }

    public override IResult Stop(SandboxPerson person, AuthorizeRequest request) => SandboxPages.Problem(
        Key, "You don't have the permissions to connect this app. Ask a super admin of your HubSpot account to do it.",
        request.RedirectUri);

    public override JsonObject Describe(HttpRequest http, SandboxPerson person, OAuthTokens tokens, bool isRefresh) => new()
    {
        ["token_type"] = "bearer",
        ["token_use"] = "access_token",
        ["refresh_token"] = tokens.RefreshToken,
        ["access_token"] = tokens.Access.Value,
        ["expires_in"] = (int)AccessTokenLife!.Value.TotalSeconds,
        ["hub_id"] = HubSpotApi.HubIdOf((AccountPerson)person),
        ["user_id"] = UserIdOf((AccountPerson)person),
        ["scopes"] = Scopes(tokens.Access.Scopes),
    };

    public override IResult Refuse(OAuthRefusal refusal) => Json(
        new JsonObject
        {
            ["error"] = ErrorOf(refusal),
            ["error_description"] = DescriptionOf(refusal),
            ["status"] = refusal switch
            {
                OAuthRefusal.ClientUnknown => "BAD_CLIENT_SECRET",
                OAuthRefusal.GrantTypeUnknown => "BAD_GRANT_TYPE",
                OAuthRefusal.RedirectDiffers => "BAD_REDIRECT_URI",
                OAuthRefusal.RefreshTokenInvalid => "BAD_REFRESH_TOKEN",
                OAuthRefusal.NotAForm => "BAD_REQUEST",
                _ => "BAD_AUTH_CODE",
            },
            ["message"] = DescriptionOf(refusal),
        },
        StatusCodes.Status400BadRequest);

    protected override string DescriptionOf(OAuthRefusal refusal) =>
        refusal == OAuthRefusal.RefreshTokenInvalid ? "refresh token is invalid, expired or revoked" : base.DescriptionOf(refusal);

    protected override IResult TokenProblem(HttpContext http) =>
        http.Request.Headers.Authorization.Count == 0 ? HubSpotProblem.TokenUnknown : HubSpotProblem.TokenExpired;

    protected override IResult Disturbed(HttpContext http, Disturbance disturbance)
    {
        if (disturbance == Disturbance.RateLimited)
            TellLimit(http, remaining: 0);
        return disturbance switch
        {
            Disturbance.RateLimited => HubSpotProblem.TooManyCalls,
            Disturbance.AccountClosed => HubSpotProblem.AccountClosed,
            _ => HubSpotProblem.ServerError,
        };
    }

    private Task<IResult> AnswerAsync(
        HttpRequest http, string scope,
        Func<AccountPerson, IResult> answer) => AnswerAsync<AccountPerson>(http.HttpContext, (person, token) =>
    {
        TellLimit(http.HttpContext, remaining: 99);
        return token.Scopes.Contains(scope) && (scope == "oauth" || _api.MayBeRead(person))
            ? answer(person)
            : HubSpotProblem.ScopeMissing(scope);
    });

    private async Task<IResult> IntrospectAsync(HttpContext http)
    {
        var (form, refusal) = await OAuthTokenEndpoint.ReadFormAsync(http, this);
        if (form is null)
            return refusal!;
        if (FindLive(form["token"]) is not (AccountPerson person, var token))
            return Json(new JsonObject { ["active"] = false });
        return await DisturbAsync(http, person) ?? Json(new JsonObject
        {
            ["active"] = true,
            ["token_use"] = "access_token",
            ["token"] = token.Value,
            ["hub_id"] = HubSpotApi.HubIdOf(person),
            ["user_id"] = UserIdOf(person),
            ["user"] = person.Email,
            ["hub_domain"] = $"{SandboxPerson.KeyOf(person.Account)}.example",
            ["app_id"] = HubSpotApp.AppId,
            ["client_id"] = HubSpotApp.ClientId,
            ["scopes"] = Scopes(token.Scopes),
            ["expires_in"] = (int)(token.ExpiresAt!.Value - Services.Clock.GetUtcNow()).TotalSeconds,
            ["token_type"] = "access",
            ["is_private_distribution"] = false,
        });
    }

    private async Task<IResult> RevokeAsync(HttpContext http)
    {
        var (form, refusal) = await OAuthTokenEndpoint.ReadFormAsync(http, this);
        if (form is null)
            return refusal!;
        Services.Grants.Revoke(Key, form["token"]);
        return Results.Ok(); // as the standard has it, for an unknown token too
    }

    private static void TellLimit(HttpContext http, int remaining)
    {
        var headers = http.Response.Headers;
        headers["X-HubSpot-RateLimit-Max"] = "100";
        headers["X-HubSpot-RateLimit-Remaining"] = $"{remaining}";
        headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = "10000";
    }

    private static int UserIdOf(AccountPerson person) => 120 + person.Number;

    private static JsonArray Scopes(IEnumerable<string> scopes) => new([.. scopes.Select(s => JsonValue.Create(s))]);
}
