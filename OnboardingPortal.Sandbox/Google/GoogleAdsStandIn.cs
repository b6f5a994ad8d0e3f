using System.Text.Json;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>Google Ads, as far as it is read: accounts, names of lists and what people sent with lead forms.</summary>
internal sealed class GoogleAdsStandIn(OAuthServices services, SandboxContactLists lists, ContactDisturbances disturbances)
    : GoogleStandIn(services, "adwords", "See, edit, create, and delete your Google Ads accounts and data")
{
    /// <summary>The real one gives 10,000 rows at a time; so few show several pages in a small account.</summary>
    private const int FewRows = 500;

    private const int ManyRows = 10_000;

    public override string Key => GoogleApp.AdsKey;
    public override string Name => "Google Ads";
    public override string Section => GoogleApp.AdsSection;
    public override IReadOnlyList<SandboxPerson> People { get; } = AccountPeople.Of(GoogleApp.AdsKey,
    [
        .. Roles("Google Ads", "lead forms with 12, 40, 250 and 5,000 submissions"),
        new("Not an Ads user", "No Adverts", "Has a Google account, but no Google Ads account.", SandboxBehaviour.LacksSomething),
        .. AccountPeople.Troubled("Google Ads"),
        new("No lead forms", "Plain Pages", "The account has no lead forms.", SandboxBehaviour.HasNoLists),
        .. AccountPeople.Reading("Google Ads")
            .Where(r => r.Behaviour is SandboxBehaviour.TokenDiesWhileRead or SandboxBehaviour.QuotaWhileRead),
        new("Lead forms deleted", "Fading Forms", "Once the contacts are changed on the sandbox's page, the account has no lead forms.",
            SandboxBehaviour.DeletesForms),
    ]);

    public override bool HasContacts => true;

    protected override void MapApi(IEndpointRouteBuilder google)
    {
        var api = google.MapGroup("/{version:regex(^v2[56]$)}"); // others have ended: their addresses answer 404
        api.MapGet("customers:listAccessibleCustomers", (HttpRequest http) => AnswerAsync(http, List));
        api.MapPost("customers/{customer:regex(^\\d{{10}}$)}/googleAds:search", (string customer, JsonElement body, HttpRequest http) =>
            AnswerAsync(http, person => Search(person, customer, body, http.Headers["login-customer-id"])));
    }

    protected override IResult Disturbed(HttpContext http, Disturbance disturbance) => disturbance switch
    {
        Disturbance.RateLimited => GoogleAdsFailure.Exhausted,
        Disturbance.AccountClosed => GoogleAdsFailure.NotEnabled,
        _ => GoogleError.Internal,
    };

    private new Task<IResult> AnswerAsync(HttpRequest http, Func<AccountPerson, IResult> answer) => base.AnswerAsync(http, person =>
    {
        var developerToken = http.Headers["developer-token"].ToString();
        if (developerToken.Length == 0)
            return GoogleAdsFailure.DeveloperTokenMissing;
        if (developerToken != GoogleApp.DeveloperToken)
            return GoogleAdsFailure.DeveloperTokenInvalid;
        return person.Behaviour == SandboxBehaviour.LacksSomething ? GoogleAdsFailure.NotAdsUser : answer(person);
    });

    private static IResult List(AccountPerson person) => Json(new JsonObject
    {
        ["resourceNames"] = new JsonArray(
            [.. GoogleAdsAccount.Of(person).Where(a => a.Manager is null).Select(a => JsonValue.Create(a.ResourceName))]),
    });

    private IResult Search(AccountPerson person, string customer, JsonElement body, string? loginCustomer)
    {
        var account = GoogleAdsAccount.Of(person).FirstOrDefault(a => a.Id == customer);
        if (account is null || (account.Manager is { } manager && loginCustomer != manager.Id))
            return GoogleAdsFailure.UserDenied;
        if (GoogleAdsQuery.Parse(Text(body, "query")) is not { } query)
            return GoogleAdsFailure.QueryInvalid("UNEXPECTED_INPUT", "Error in query: unexpected input.");
        if (account.Rows(query, lists, Services.Clock.GetUtcNow()) is not { } rows)
            return GoogleAdsFailure.QueryInvalid(
                "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE", $"Error in query: {query.Resource} cannot be used in the FROM clause.");
        if (rows.After(0).Select(r => r.Row).FirstOrDefault() is { } first && !query.IsAnsweredBy(first))
            return GoogleAdsFailure.QueryInvalid("UNRECOGNIZED_FIELD", "Unrecognized field in the query.");
        if (GoogleAdsRows.PlaceOf(Text(body, "pageToken")) is not { } place)
            return GoogleAdsFailure.TokenInvalid;
        if (query.ReadsPeople && disturbances.For(person, isFirst: place == 0) is not ContactDisturbance.None and var disturbance)
            return disturbance == ContactDisturbance.QuotaEnds ? GoogleAdsFailure.Exhausted : GoogleError.Unauthenticated;

        var size = query.ReadsPeople && rows.Count <= ManyRows ? FewRows : ManyRows;
        var found = rows.After(place).Take(size + 1).ToList();
        var answer = new JsonObject
        {
            ["results"] = new JsonArray([.. found.Take(size).Select(r => query.Select(r.Row))]),
            ["fieldMask"] = query.FieldMask,
        };
        if (body.TryGetProperty("searchSettings", out var settings) && settings.TryGetProperty("returnTotalResultsCount", out var total)
            && total.ValueKind == JsonValueKind.True)
            answer["totalResultsCount"] = $"{rows.Count}";
        if (found.Count > size)
            answer["nextPageToken"] = $"{found[size - 1].Place}";
        return Json(answer);
    }

    private static string Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
