using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.HubSpot;

/// <summary>What the API answers about an account, its contacts and its lists.</summary>
internal sealed class HubSpotApi(SandboxContactLists lists, ContactDisturbances disturbances)
{
    private const string ContactType = "0-1";
    private const int MaxBatch = 100;

    public static int HubIdOf(AccountPerson person) => 62500 + person.Number;

    /// <summary>Whether the app may read the account's contacts and lists.</summary>
    public bool MayBeRead(AccountPerson person) => person.Behaviour != SandboxBehaviour.WithdrawsRight || !lists.IsLater(person);

    public static IResult Details(AccountPerson person) => OAuthStandIn.Json(new JsonObject
    {
        ["portalId"] = HubIdOf(person),
        ["accountType"] = "STANDARD",
        ["timeZone"] = "Europe/Berlin",
        ["companyCurrency"] = "EUR",
        ["additionalCurrencies"] = new JsonArray(),
        ["utcOffset"] = "+01:00",
        ["utcOffsetMilliseconds"] = 3600000,
        ["uiDomain"] = "app.hubspot.com",
        ["dataHostingLocation"] = "eu1",
    });

    public IResult Contacts(AccountPerson person, HttpRequest http)
    {
        if (HubSpotCursor.Read(http, limit: 10, max: 100) is not { } cursor)
            return HubSpotProblem.Invalid("limit must lie between 1 and 100, and after must be a cursor of an earlier answer", "query");
        if (http.Query["archived"] == "true" || lists.Of(person).MaxBy(l => l.Size) is not { } all)
            return OAuthStandIn.Json(new JsonObject { ["results"] = new JsonArray() });
        var properties = http.Query["properties"].SelectMany(p => p!.Split(',', StringSplitOptions.TrimEntries)).ToList();
        return OAuthStandIn.Json(
            cursor.Page(http, all.After(cursor.After).Select(c => (c.Number, HubSpotProperties.Describe(c, properties)))));
    }

    public IResult BatchRead(AccountPerson person, JsonElement body)
    {
        if (Member(body, "inputs", JsonValueKind.Array) is not { } inputs || inputs.GetArrayLength() > MaxBatch)
            return HubSpotProblem.Invalid($"inputs must name at most {MaxBatch} contacts", "inputs");
        var ids = inputs.EnumerateArray().Select(i => Member(i, "id", JsonValueKind.String)?.GetString()).Distinct().ToList();
        var properties = Member(body, "properties", JsonValueKind.Array)?.EnumerateArray().Select(p => p.ToString()).ToList() ?? [];
        var found = ids.Select(id => HubSpotProperties.NumberOf(id) is { } number ? lists.FindContact(person, number) : null)
            .OfType<SandboxContact>().ToList();
        var answer = new JsonObject
        {
            ["status"] = "COMPLETE",
            ["results"] = new JsonArray([.. found.Select(c => HubSpotProperties.Describe(c, properties))]),
        };
        if (found.Count == ids.Count) return OAuthStandIn.Json(answer);
        answer["numErrors"] = 1;
        answer["errors"] = new JsonArray(new JsonObject
        {
            ["status"] = "error",
            ["category"] = "OBJECT_NOT_FOUND",
            ["message"] = "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.",
        });
        return OAuthStandIn.Json(answer, StatusCodes.Status207MultiStatus);
    }

    public IResult SearchLists(AccountPerson person, JsonElement body)
    {
        var count = Member(body, "count", JsonValueKind.Number)?.GetInt32() ?? 20;
        var offset = Member(body, "offset", JsonValueKind.Number)?.GetInt32() ?? 0;
        var query = Member(body, "query", JsonValueKind.String)?.GetString() ?? "";
        if (count is < 1 or > 500 || offset < 0)
            return HubSpotProblem.Invalid("count must lie between 1 and 500, and offset must not be negative", "count");
        var type = Member(body, "objectTypeId", JsonValueKind.String)?.GetString() ?? ContactType;
        var found = lists.Of(person).Where(l => type == ContactType && l.Name.Contains(query, StringComparison.OrdinalIgnoreCase)).ToList();
        return OAuthStandIn.Json(new JsonObject
        {
            ["lists"] = new JsonArray([.. found.Skip(offset).Take(count).Select(Describe)]),
            ["hasMore"] = offset + count < found.Count,
            ["offset"] = Math.Min(offset + count, found.Count),
            ["total"] = found.Count,
        });
    }

    public IResult List(AccountPerson person, HttpRequest http) => Find(person, http) is { } list
        ? OAuthStandIn.Json(new JsonObject { ["list"] = Describe(list) })
        : HubSpotProblem.NotFound;

    public IResult Memberships(AccountPerson person, HttpRequest http)
    {
        if (Find(person, http) is not { } list)
            return HubSpotProblem.NotFound;
        if (HubSpotCursor.Read(http, limit: 100, max: 250) is not { } cursor)
            return HubSpotProblem.Invalid("limit must lie between 1 and 250, and after must be a cursor of an earlier answer", "query");
        switch (disturbances.For(person, isFirst: cursor.After == 0))
        {
            case ContactDisturbance.ListGone:
                return HubSpotProblem.NotFound;
            case ContactDisturbance.AccessEnds:
                return HubSpotProblem.TokenExpired;
            case ContactDisturbance.QuotaEnds:
                http.HttpContext.Response.Headers.RetryAfter =
                    disturbances.SecondsLeft(TimeSpan.FromMinutes(1)).ToString(CultureInfo.InvariantCulture);
                return HubSpotProblem.TooManyCalls;
        }

        var body = cursor.Page(http, list.NumbersAfter(cursor.After).Select(number => (number, new JsonObject
        {
            ["recordId"] = HubSpotProperties.IdOf(number),
            ["membershipTimestamp"] = "2026-09-01T00:00:00Z",
        })));
        body["total"] = list.Count;
        return OAuthStandIn.Json(body);
    }

    private SandboxContactList? Find(AccountPerson person, HttpRequest http) =>
        long.TryParse((string?)http.RouteValues["list"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? lists.Find(person, number)
            : null;

    private static JsonObject Describe(SandboxContactList list) => new()
    {
        ["listId"] = list.Number.ToString(CultureInfo.InvariantCulture),
        ["listVersion"] = 1,
        ["name"] = list.Name,
        ["objectTypeId"] = ContactType,
        ["processingType"] = list.Number % 2 == 0 ? "DYNAMIC" : "MANUAL",
        ["processingStatus"] = "COMPLETE",
        ["additionalProperties"] = new JsonObject { ["hs_list_size"] = list.Count.ToString(CultureInfo.InvariantCulture) },
    };

    private static JsonElement? Member(JsonElement body, string name, JsonValueKind kind) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
