using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <summary>Mailchimp: sign-in without scopes, tokens that never expire, an API in one data centre an account.</summary>
internal sealed class MailchimpStandIn(OAuthServices services, SandboxContactLists lists, ContactDisturbances disturbances)
    : OAuthStandIn(services, new(MailchimpApp.ClientId, MailchimpApp.ClientSecret))
{
    private readonly MailchimpApi _api = new(lists);
    private readonly MailchimpMembers _members = new(lists, disturbances);

    public override string Key => MailchimpApp.Key;
    public override string Name => "Mailchimp";
    public override string Section => MailchimpApp.Section;
    public override IReadOnlyList<SandboxPerson> People => MailchimpPeople.All;
    public override TimeSpan? AccessTokenLife => null;
    public override bool HasContacts => true;

    public override void Map(IEndpointRouteBuilder sandbox)
    {
        var mailchimp = sandbox.MapGroup("/mailchimp");
        mailchimp.MapOAuthDialog(this, "oauth2/authorize");
        mailchimp.MapOAuthToken(this, "oauth2/token");
        mailchimp.MapGet(
            "oauth2/metadata", (HttpRequest http) => AnswerAsync<MailchimpPerson>(http.HttpContext, (person, _) => Metadata(http, person)));

        var api = mailchimp.MapGroup("/{dc:regex(^us\\d{{1,3}}$)}/3.0");
        Map(api, "", _api.Root);
        Map(api, "ping", (_, _) => Json(new JsonObject { ["health_status"] = "Everything's Chimpy!" }));
        Map(api, "lists", _api.Lists);
        Map(api, "lists/{list}", _api.List);
        Map(api, "lists/{list}/merge-fields", _api.MergeFields);
        Map(api, "lists/{list}/segments", _api.Segments);
        Map(api, "lists/{list}/segments/{segment}", _api.Segment);
        Map(api, "lists/{list}/segments/{segment}/members", _members.OfSegment);
        Map(api, "lists/{list}/members", _members.OfList);
        Map(api, "{**path}", (_, _) => MailchimpProblem.NotFound);
    }

    public override string NewAccessToken() => RandomHex(32);

    public override JsonObject Describe(HttpRequest http, SandboxPerson person, OAuthTokens tokens, bool isRefresh) => new()
    {
        ["access_token"] = tokens.Access.Value,
        ["expires_in"] = 0, // it never expires; the real one says so with a nought, too
        ["scope"] = null,
    };

    public override IResult Refuse(OAuthRefusal refusal) =>
        Json(new JsonObject { ["error"] = ErrorOf(refusal) }, StatusCodes.Status400BadRequest);

    protected override IResult TokenProblem(HttpContext http) => MailchimpProblem.TokenInvalid;

    protected override IResult Disturbed(HttpContext http, Disturbance disturbance) => disturbance switch
    {
        Disturbance.RateLimited => MailchimpProblem.TooManyCalls,
        Disturbance.AccountClosed => MailchimpProblem.AccountClosed,
        _ => MailchimpProblem.ServerError,
    };

    private void Map(IEndpointRouteBuilder api, string pattern, Func<MailchimpPerson, HttpRequest, IResult> answer) =>
        api.MapGet(pattern, (string dc, HttpContext http) => AnswerAsync<MailchimpPerson>(
            http, (person, _) => dc == person.Account.DataCentre ? answer(person, http.Request) : MailchimpProblem.WrongDataCentre));

    private static IResult Metadata(HttpRequest http, MailchimpPerson person) => Json(new JsonObject
    {
        ["dc"] = person.Account.DataCentre,
        ["role"] = "owner",
        ["accountname"] = person.Account.Name,
        ["user_id"] = person.Account.UserId,
        ["login"] = new JsonObject
        {
            ["login_id"] = person.Account.LoginId,
            ["login_name"] = person.Key,
            ["login_email"] = person.Email,
            ["email"] = person.Email,
        },
        ["login_url"] = $"{http.Scheme}://{http.Host}{http.PathBase}{MailchimpApp.Path}",
        ["api_endpoint"] = $"{http.Scheme}://{http.Host}{http.PathBase}{MailchimpApp.Path}/{person.Account.DataCentre}",
    });
}
