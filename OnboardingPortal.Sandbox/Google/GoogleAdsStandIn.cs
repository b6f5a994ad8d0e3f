using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>Google Ads, as far as it is read: accounts, names of lists and what people sent with lead forms.</summary>
internal sealed class GoogleAdsStandIn(OAuthServices services)
    : GoogleStandIn(services, "adwords", "See, edit, create, and delete your Google Ads accounts and data")
{
    /// <summary>The real one gives 10,000 rows at a time; so few show several pages in a small account.</summary>
    private const int PageSize = 500;

    public override string Key => GoogleApp.AdsKey;
    public override string Name => "Google Ads";
    public override string Section => GoogleApp.AdsSection;
    public override IReadOnlyList<SandboxPerson> People { get; } = AccountPeople.Of(GoogleApp.AdsKey,
    [
        .. Roles("Google Ads", "1,250 submitted lead forms"),
        new("Not an Ads user", "No Adverts", "Has a Google account, but no Google Ads account.", SandboxBehaviour.LacksSomething),
        .. AccountPeople.Troubled("Google Ads"),
    ]);

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

    private static IResult Search(AccountPerson person, string customer, JsonElement body, string? loginCustomer)
    {
        var account = GoogleAdsAccount.Of(person).FirstOrDefault(a => a.Id == customer);
        if (account is null || (account.Manager is { } manager && loginCustomer != manager.Id))
            return GoogleAdsFailure.UserDenied;
        if (GoogleAdsQuery.Parse(Text(body, "query")) is not { } query)
            return GoogleAdsFailure.QueryInvalid("UNEXPECTED_INPUT", "Error in query: unexpected input.");
        if (account.Rows(query.Resource)?.ToList() is not { } rows)
            return GoogleAdsFailure.QueryInvalid(
                "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE", $"Error in query: {query.Resource} cannot be used in the FROM clause.");
        if (rows.Count > 0 && !query.IsAnsweredBy(rows[0]))
            return GoogleAdsFailure.QueryInvalid("UNRECOGNIZED_FIELD", "Unrecognized field in the query.");
        if (!int.TryParse($"0{Text(body, "pageToken")}", NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return GoogleError.Invalid("The page token is invalid.");

        var answer = new JsonObject
        {
            ["results"] = new JsonArray([.. rows.Skip(offset).Take(PageSize).Select(query.Select)]),
            ["fieldMask"] = query.FieldMask,
        };
        if (offset + PageSize < rows.Count)
            answer["nextPageToken"] = $"{offset + PageSize}";
        return Json(answer);
    }

    private static string Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
