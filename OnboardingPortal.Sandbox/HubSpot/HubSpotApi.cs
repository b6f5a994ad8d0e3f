using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.HubSpot;

/// <summary>What the API answers about an account, its contacts and its lists.</summary>
internal static class HubSpotApi
{
    private const string ContactType = "0-1";
    private const int MaxBatch = 100;
    private static readonly string[] DefaultProperties = [
        "createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"
    ];

    private static readonly HubSpotList[] Lists =
    [
        new("17", "Newsletter", "DYNAMIC", c => !c.OptedOut),
        new("18", "Regular customers", "MANUAL", c => c.Number <= 20),
    ];

    public static int HubIdOf(AccountPerson person) => 62500 + person.Number;

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

    public static IResult Contacts(AccountPerson person, HttpRequest http)
    {
        if (HubSpotCursor.Read(http, limit: 10, max: 100) is not { } cursor)
            return HubSpotProblem.Invalid("limit must lie between 1 and 100, and after must be a cursor of an earlier answer", "query");
        if (http.Query["archived"] == "true")
            return OAuthStandIn.Json(new JsonObject { ["results"] = new JsonArray() });
        var properties = http.Query["properties"].SelectMany(p => p!.Split(',', StringSplitOptions.TrimEntries)).ToList();
        return OAuthStandIn.Json(cursor.Page(http, [.. person.Contacts.Select(c => Describe(c, properties))]));
    }

    public static IResult BatchRead(AccountPerson person, JsonElement body)
    {
        if (Member(body, "inputs", JsonValueKind.Array) is not { } inputs || inputs.GetArrayLength() > MaxBatch)
            return HubSpotProblem.Invalid($"inputs must name at most {MaxBatch} contacts", "inputs");
        var ids = inputs.EnumerateArray().Select(i => Member(i, "id", JsonValueKind.String)?.GetString()).ToHashSet();
        var properties = Member(body, "properties", JsonValueKind.Array)?.EnumerateArray().Select(p => p.ToString()).ToList() ?? [];
        return OAuthStandIn.Json(new JsonObject
        {
            ["status"] = "COMPLETE",
            ["results"] = new JsonArray([.. person.Contacts.Where(c => ids.Contains(Id(c))).Select(c => Describe(c, properties))]),
        });
    }

    public static IResult SearchLists(AccountPerson person, JsonElement body)
    {
        var count = Member(body, "count", JsonValueKind.Number)?.GetInt32() ?? 20;
        var offset = Member(body, "offset", JsonValueKind.Number)?.GetInt32() ?? 0;
        var query = Member(body, "query", JsonValueKind.String)?.GetString() ?? "";
        if (count is < 1 or > 500 || offset < 0)
            return HubSpotProblem.Invalid("count must lie between 1 and 500, and offset must not be negative", "count");
        var type = Member(body, "objectTypeId", JsonValueKind.String)?.GetString() ?? ContactType;
        var found = Lists.Where(l => type == ContactType && l.Name.Contains(query, StringComparison.OrdinalIgnoreCase)).ToList();
        return OAuthStandIn.Json(new JsonObject
        {
            ["lists"] = new JsonArray([.. found.Skip(offset).Take(count).Select(l => l.Describe(person))]),
            ["hasMore"] = offset + count < found.Count,
            ["offset"] = Math.Min(offset + count, found.Count),
            ["total"] = found.Count,
        });
    }

    public static IResult Memberships(AccountPerson person, HttpRequest http)
    {
        if (Lists.FirstOrDefault(l => l.Id == (string?)http.RouteValues["list"]) is not { } list)
            return HubSpotProblem.NotFound;
        if (HubSpotCursor.Read(http, limit: 100, max: 250) is not { } cursor)
            return HubSpotProblem.Invalid("limit must lie between 1 and 250, and after must be a cursor of an earlier answer", "query");
        var all = person.Contacts.Where(list.Has)
            .Select(c => new JsonObject { ["recordId"] = Id(c), ["membershipTimestamp"] = "2026-09-01T00:00:00Z" }).ToList();
        var body = cursor.Page(http, all);
        body["total"] = all.Count;
        return OAuthStandIn.Json(body);
    }

    private static JsonObject Describe(AccountContact contact, List<string> asked)
    {
        var properties = new JsonObject();
        foreach (var name in (asked.Count == 0
            ? DefaultProperties
            : [.. asked, "createdate", "hs_object_id", "lastmodifieddate"]).Distinct())
        {
            if (TryValue(contact, name, out var value)) // what does not exist is left out
                properties[name] = value;
        }

        return new JsonObject
        {
            ["id"] = Id(contact),
            ["properties"] = properties,
            ["createdAt"] = "2026-01-02T03:04:05.678Z",
            ["updatedAt"] = Time(contact),
            ["archived"] = false,
        };
    }

    private static bool TryValue(AccountContact contact, string name, out string? value)
    {
        (var exists, value) = name switch
        {
            "email" => (true, contact.Email),
            "firstname" => (true, AccountContact.FirstName),
            "lastname" => (true, contact.LastName),
            "phone" => (true, contact.Phone),
            "mobilephone" or "state" => (true, null),
            "city" => (true, contact.City),
            "zip" => (true, contact.Zip),
            "country" => (true, AccountContact.Country),
            "hs_email_optout" => (true, contact.OptedOut ? "true" : null),
            "hs_object_id" => (true, Id(contact)),
            "createdate" => (true, "2026-01-02T03:04:05.678Z"),
            "lastmodifieddate" => (true, Time(contact)),
            _ => (false, null),
        };
        return exists;
    }

    private static JsonElement? Member(JsonElement body, string name, JsonValueKind kind) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static string Id(AccountContact contact) => (500 + contact.Number).ToString(CultureInfo.InvariantCulture);

    private static string Time(AccountContact contact) =>
        contact.ModifiedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private sealed record HubSpotList(string Id, string Name, string Kind, Func<AccountContact, bool> Has)
    {
        public JsonObject Describe(AccountPerson person) => new()
        {
            ["listId"] = Id,
            ["listVersion"] = 1,
            ["name"] = Name,
            ["objectTypeId"] = ContactType,
            ["processingType"] = Kind,
            ["processingStatus"] = "COMPLETE",
            ["additionalProperties"] = new JsonObject { ["hs_list_size"] = $"{person.Contacts.Count(Has)}" },
        };
    }
}
