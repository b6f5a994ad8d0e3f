using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.ActiveCampaign;

/// <summary>What the API answers about an account, its lists and its contacts. Numbers are texts in it.</summary>
internal sealed class ActiveCampaignApi(SandboxContactLists lists, ContactDisturbances disturbances)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;
    private const string AnyStatus = "-1";

    private static readonly Dictionary<string, ContactState> States = new()
    {
        ["0"] = ContactState.Unconfirmed,
        ["1"] = ContactState.Active,
        ["2"] = ContactState.OptedOut,
        ["3"] = ContactState.Bounced,
    };

    private static readonly (string Id, string Title, string Type, Func<SandboxContact, string> Value)[] AllFields =
    [
        ("1", "City", "text", c => c.City), ("2", "Postcode", "text", c => c.PostalCode), ("3", "State", "text", c => c.State),
        ("4", "Country", "text", c => c.Country), ("5", "Street", "textarea", c => c.Street),
        ("6", "Birthday", "date", c => c.Birthday?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
        ("7", "Gender", "radio", c => c.Gender),
    ];

    public static IResult Me(AccountPerson person, HttpRequest http) => OAuthStandIn.Json(new JsonObject
    {
        ["user"] = new JsonObject
        {
            ["id"] = "1",
            ["username"] = person.Key,
            ["firstName"] = person.Name,
            ["lastName"] = "",
            ["email"] = person.Email,
            ["phone"] = "",
            ["links"] = new JsonObject
            {
                ["lists"] = $"{http.Scheme}://{http.Host}{http.PathBase}{ActiveCampaignApp.Path}/{person.Key}/api/3/users/1/lists"
            },
        },
    });

    public IResult Lists(AccountPerson person, HttpRequest http) => Page(http, "lists", [.. lists.Of(person).Select(Describe)]);

    public IResult List(AccountPerson person, HttpRequest http) =>
        Find(person, (string?)http.RouteValues["list"]) is { } list && !disturbances.TakeGone(person)
            ? OAuthStandIn.Json(new JsonObject { ["list"] = Describe(list) })
            : ActiveCampaignProblem.Message(404, $"No Result found for Group with id {http.RouteValues["list"]}");

    public static IResult Fields(AccountPerson person, HttpRequest http) => Page(http, "fields", [.. AllFields.Select(f => new JsonObject
    {
        ["id"] = f.Id,
        ["title"] = f.Title,
        ["type"] = f.Type,
        ["perstag"] = f.Title.ToUpperInvariant(),
    })]);

    public IResult Contacts(AccountPerson person, HttpRequest http)
    {
        var (limit, offset, after) = (
            Math.Min(Number(http, "limit", DefaultLimit), MaxLimit), Number(http, "offset", otherwise: 0),
            Number(http, "id_greater", otherwise: 0));
        var disturbance = disturbances.For(person, isFirst: after == 0 && offset == 0);
        if (disturbance == ContactDisturbance.AccessEnds) return ActiveCampaignProblem.KeyRefused;
        if (disturbance == ContactDisturbance.QuotaEnds)
            return ActiveCampaignProblem.TooManyCalls(http, disturbances.SecondsLeft(TimeSpan.FromMinutes(1)));

        var id = http.Query["listid"].ToString();
        var list = id.Length > 0 ? Find(person, id) : lists.Of(person).MaxBy(l => l.Size);
        if (list is null || disturbance == ContactDisturbance.ListGone) return Answer(http, [], 0); // a filter that nobody meets
        var status = http.Query["status"].ToString();
        ContactState[] states = status is "" or AnyStatus ? [.. States.Values] : States.TryGetValue(status, out var state) ? [state] : [];
        return Answer(http, [.. list.In(states, after, offset).Take(limit)], list.CountIn(states, after));
    }

    private static IResult Answer(HttpRequest http, List<SandboxContact> contacts, int total)
    {
        var body = new JsonObject { ["contacts"] = new JsonArray([.. contacts.Select(Describe)]) };
        if (http.Query["include"].ToString().Split(',').Contains("fieldValues"))
            body["fieldValues"] = new JsonArray([.. contacts.SelectMany(ValuesOf)]);
        body["meta"] = new JsonObject { ["total"] = $"{total}" };
        return OAuthStandIn.Json(body);
    }

    private static IEnumerable<JsonObject> ValuesOf(SandboxContact contact) => AllFields
        .Select(field => (field.Id, Value: field.Value(contact))).Where(v => v.Value.Length > 0)
        .Select(v => new JsonObject
        {
            ["id"] = $"{contact.Number}{v.Id}",
            ["contact"] = $"{contact.Number}",
            ["field"] = v.Id,
            ["value"] = v.Value,
        });

    private static JsonObject Describe(SandboxContactList list) => new()
    {
        ["id"] = list.Number.ToString(CultureInfo.InvariantCulture),
        ["name"] = list.Name,
        ["stringid"] = list.Key,
    };

    private static JsonObject Describe(SandboxContact contact) => new()
    {
        ["id"] = $"{contact.Number}",
        ["email"] = contact.Address,
        ["phone"] = contact.Phone,
        ["firstName"] = contact.FirstName,
        ["lastName"] = contact.LastName,
        ["cdate"] = "2026-01-02T03:04:05-05:00",
        ["udate"] = contact.ChangedAt.ToOffset(TimeSpan.FromHours(-5)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        ["deleted"] = "0",
    };

    private SandboxContactList? Find(AccountPerson person, string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? lists.Find(person, number) : null;

    private static IResult Page(HttpRequest http, string member, IReadOnlyList<JsonObject> all) => OAuthStandIn.Json(new JsonObject
    {
        [member] = new JsonArray(
            [.. all.Skip(Number(http, "offset", otherwise: 0)).Take(Math.Min(Number(http, "limit", DefaultLimit), MaxLimit))]),
        ["meta"] = new JsonObject { ["total"] = $"{all.Count}" },
    });

    private static int Number(HttpRequest http, string name, int otherwise) =>
        int.TryParse(http.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
