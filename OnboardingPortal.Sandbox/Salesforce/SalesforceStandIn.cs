using System.Text.Json;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;
using OnboardingPortal.Sandbox.Pages;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <summary>Salesforce: sign-in with PKCE, an organisation's own address, sessions that end when the organisation says so.</summary>
internal sealed class SalesforceStandIn : OAuthStandIn
{
    private const string Limit = "Sforce-Limit-Info";
    private readonly SalesforceApi _api;
    private readonly SalesforceJobs _jobs;

    public SalesforceStandIn(OAuthServices services, SandboxContactLists lists, ContactDisturbances disturbances, SandboxState state)
        : base(services, new(SalesforceApp.ClientId, SalesforceApp.ClientSecret))
    {
        _api = new SalesforceApi(lists, disturbances);
        _jobs = new SalesforceJobs(_api, state, services.Clock);
    }

    public override string Key => SalesforceApp.Key;
    public override string Name => "Salesforce";
    public override string Section => SalesforceApp.Section;
    public override IReadOnlyList<SandboxPerson> People { get; } = AccountPeople.Of(SalesforceApp.Key,
    [
        .. AccountPeople.Well("5,000 contacts and 250 leads"),
        AccountPeople.Cancels("Salesforce"),
        new("App not installed", "Locked Doors",
            "Is not an administrator, and the app is not installed in the organisation: Salesforce stops at a page of its own and "
            + "sends nobody back.", SandboxBehaviour.StoppedAtSignIn),
        new("Field hidden", "Quiet Corner", "May not see the field that says who wants no e-mail: queries with it are refused.",
            SandboxBehaviour.LacksSomething),
        .. AccountPeople.Expiring("Salesforce"),
        AccountPeople.Rotates("Salesforce"),
        .. AccountPeople.Troubled("Salesforce"),
        new("Edition without API", "Small Sails", "Signs in, but the organisation's edition lets no program read its data.",
            SandboxBehaviour.HasNoApi),
        .. AccountPeople.Reading("Salesforce").Where(r => r.Behaviour == SandboxBehaviour.TokenDiesWhileRead),
        new("Column removed", "Less Is More",
            "Once the contacts are changed on the sandbox's page, the field that says where they came from is gone.",
            SandboxBehaviour.RemovesColumn),
        new("Edition changed", "Smaller Sails",
            "Once the contacts are changed on the sandbox's page, the organisation's edition lets no program read its data.",
            SandboxBehaviour.LosesApi),
    ]);

    public override IReadOnlyDictionary<string, string> ScopeWords { get; } = new Dictionary<string, string>
    {
        ["api"] = "Manage user data via APIs",
        ["refresh_token"] = "Perform requests at any time",
        ["offline_access"] = "Perform requests at any time",
        ["id"] = "Access the identity URL service",
        ["openid"] = "Access unique user identifiers",
        ["profile"] = "Access your basic information",
        ["email"] = "Access your e-mail address",
    };

    public override bool HasContacts => true;
    public override bool RequiresChallenge => true;
    public override string DenialDescription => "end-user denied authorization";

    /// <summary>An organisation's usual session; the answers do not tell.</summary>
    public override TimeSpan? AccessTokenLife { get; } = TimeSpan.FromHours(2);

    public override string NewAccessToken() => $"00DSB000000!AR8{SandboxTokens.RandomText(48)}";
    public override string NewRefreshToken() => $"5Aep861{SandboxTokens.RandomText(40)}";
    public override bool GivesRefreshToken(AuthorizeRequest granted) => granted.Scopes.Any(s => s is "refresh_token" or "offline_access");

    public override void Map(IEndpointRouteBuilder sandbox)
    {
        var salesforce = sandbox.MapGroup("/salesforce");
        salesforce.MapOAuthDialog(this, "services/oauth2/authorize");
        salesforce.MapOAuthToken(this, "services/oauth2/token");
        salesforce.MapOAuthRevoke(this, "services/oauth2/revoke");
        salesforce.MapGet(
            "id/{org}/{user}", (string org, string user, HttpRequest http) => AnswerAsync<AccountPerson>(http.HttpContext, (person, _) =>
                org == OrganisationId(person) && user == UserId(person) ? Identity(http, person) : SalesforceProblem.AccessDenied));

        var organisation = salesforce.MapGroup("/{org}/services");
        organisation.MapOAuthToken(this, "oauth2/token");
        organisation.MapOAuthRevoke(this, "oauth2/revoke");
        organisation.MapGet("data", SalesforceApi.Versions); // for everybody
        var data = organisation.MapGroup("/data/{version:regex(^v\\d+\\.\\d$)}");
        data.MapGet("sobjects/{entity}/describe", (string org, string version, string entity, HttpRequest http) =>
            AnswerAsync(http, org, person => _api.Describe(person, version, entity)));
        data.MapGet("query", (string org, string version, string? q, HttpRequest http) =>
            AnswerAsync(http, org, person => _api.Query(person, version, q ?? "")));
        data.MapGet("query/{locator}", (string org, string version, string locator, HttpRequest http) =>
            AnswerAsync(http, org, person => _api.QueryMore(person, version, locator)));
        data.MapPost("jobs/query", (string org, string version, JsonElement body, HttpRequest http) =>
            AnswerAsync(http, org, person => _jobs.Start(person, version, body)));
        data.MapGet("jobs/query/{id}", (string org, string version, string id, HttpRequest http) =>
            AnswerAsync(http, org, person => _jobs.Look(person, version, id)));
        data.MapDelete("jobs/query/{id}", (string org, string version, string id, HttpRequest http) =>
            AnswerAsync(http, org, person => _jobs.Delete(person, version, id)));
        data.MapGet(
            "jobs/query/{id}/results", (string org, string version, string id, int? maxRecords, string? locator, HttpRequest http) =>
                AnswerAsync(http, org, person => _jobs.Read(http.HttpContext, person, version, id, maxRecords, locator)));
        data.MapGet("{**path}", (string org, HttpRequest http) => AnswerAsync(http, org, _ => SalesforceProblem.NotFound));
    }

    public override JsonObject Describe(HttpRequest http, SandboxPerson person, OAuthTokens tokens, bool isRefresh)
    {
        var body = new JsonObject { ["access_token"] = tokens.Access.Value };
        if (tokens.RefreshToken is not null && (!isRefresh || person.Behaviour == SandboxBehaviour.RotatesRefreshToken))
            body["refresh_token"] = tokens.RefreshToken;
        body["signature"] = SandboxTokens.RandomText(32);
        body["scope"] = string.Join(' ', tokens.Access.Scopes);
        body["instance_url"] = Instance(http, person);
        body["id"] = IdentityAddress(http, (AccountPerson)person);
        body["token_type"] = "Bearer";
        body["issued_at"] = $"{tokens.Access.IssuedAt.ToUnixTimeMilliseconds()}";
        return body;
    }

    public override IResult Stop(SandboxPerson person, AuthorizeRequest request) => SandboxPages.Problem(
        Key, "OAUTH_APPROVAL_ERROR_GENERIC: An unexpected error has occurred during authentication. (error=invalid_client, app must "
            + "be installed into org)");

    protected override string ErrorOf(OAuthRefusal refusal) => refusal == OAuthRefusal.VerifierWrong
        ? "invalid_request"
        : base.ErrorOf(refusal);

    protected override IResult TokenProblem(HttpContext http) => SalesforceProblem.SessionInvalid;

    protected override IResult Disturbed(HttpContext http, Disturbance disturbance)
    {
        if (disturbance == Disturbance.RateLimited)
            http.Response.Headers[Limit] = "api-usage=15000/15000";
        return disturbance switch
        {
            Disturbance.RateLimited => SalesforceProblem.LimitExceeded,
            Disturbance.AccountClosed => SalesforceProblem.ApiDisabled,
            _ => SalesforceProblem.ServerError,
        };
    }

    private Task<IResult> AnswerAsync(
        HttpRequest http, string org,
        Func<AccountPerson, IResult> answer) => AnswerAsync<AccountPerson>(http.HttpContext, (person, token) =>
    {
        http.HttpContext.Response.Headers[Limit] = "api-usage=18/15000";
        if (org != person.Key)
            return SalesforceProblem.SessionInvalid; // a session is known only where it was made
        if (!_api.IsThere(person))
            return SalesforceProblem.ApiDisabled;
        return token.Scopes.Contains("api") ? answer(person) : SalesforceProblem.AccessDenied;
    });

    private static IResult Identity(HttpRequest http, AccountPerson person) => Json(new JsonObject
    {
        ["id"] = IdentityAddress(http, person),
        ["asserted_user"] = true,
        ["user_id"] = UserId(person),
        ["organization_id"] = OrganisationId(person),
        ["username"] = person.Email,
        ["display_name"] = person.Name,
        ["email"] = person.Email,
        ["email_verified"] = true,
        ["urls"] = new JsonObject
        {
            ["rest"] = $"{Instance(http, person)}/services/data/v{{version}}/",
            ["query"] = $"{Instance(http, person)}/services/data/v{{version}}/query/",
        },
    });

    private static string Instance(HttpRequest http, SandboxPerson person) =>
        $"{http.Scheme}://{http.Host}{http.PathBase}{SalesforceApp.Path}/{person.Key}";

    private static string IdentityAddress(HttpRequest http, AccountPerson person) =>
        $"{http.Scheme}://{http.Host}{http.PathBase}{SalesforceApp.Path}/id/{OrganisationId(person)}/{UserId(person)}";

    private static string OrganisationId(AccountPerson person) => $"00DSB0000000{person.Number:000}EAA";

    private static string UserId(AccountPerson person) => $"005SB0000000{person.Number:000}AAA";
}
