using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.ActiveCampaign;

/// <summary>What the API answers about an account, its lists and its contacts. Numbers are texts in it.</summary>
internal static class ActiveCampaignApi
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;
    private const string AnyStatus = "-1";

    private static readonly (string Id, string Name, Func<AccountContact, bool> Has)[] AllLists =
        [("1", "Newsletter", _ => true), ("2", "Regular customers", c => c.Number <= 20)];

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

    public static IResult Lists(AccountPerson person, HttpRequest http) => Page(http, "lists", AllLists.Select(l => new JsonObject
    {
        ["id"] = l.Id,
        ["name"] = l.Name,
        ["stringid"] = SandboxPerson.KeyOf(l.Name),
    }));

    public static IResult Fields(AccountPerson person, HttpRequest http) => Page(http, "fields",
    [
        new() { ["id"] = "1", ["title"] = "City", ["type"] = "text", ["perstag"] = "CITY" },
        new() { ["id"] = "2", ["title"] = "Postcode", ["type"] = "text", ["perstag"] = "ZIP" },
    ]);

    public static IResult Contacts(AccountPerson person, HttpRequest http)
    {
        var list = http.Query["listid"].ToString();
        var status = http.Query["status"].ToString();
        var after = Number(http, "id_greater", otherwise: 0);
        DateTimeOffset? since = DateTimeOffset.TryParse(http.Query["filters[updated_after]"], CultureInfo.InvariantCulture, out var given)
            ? given
            : null;
        return Page(http, "contacts", person.Contacts
            .Where(c => list.Length == 0 || AllLists.Any(l => l.Id == list && l.Has(c)))
            .Where(c => status.Length == 0 || status == AnyStatus || status == StatusOf(c))
            .Where(c => c.Number > after && (since is null || c.ModifiedAt > since))
            .Select(Describe));
    }

    // 1 is active, 2 has unsubscribed.
    private static string StatusOf(AccountContact contact) => contact.OptedOut ? "2" : "1";

    private static JsonObject Describe(AccountContact contact) => new()
    {
        ["id"] = $"{contact.Number}",
        ["email"] = contact.Email,
        ["phone"] = contact.Phone ?? "",
        ["firstName"] = AccountContact.FirstName,
        ["lastName"] = contact.LastName,
        ["cdate"] = "2026-01-02T03:04:05-05:00",
        ["udate"] = contact.ModifiedAt.ToOffset(TimeSpan.FromHours(-5)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        ["deleted"] = "0",
    };

    private static IResult Page(HttpRequest http, string member, IEnumerable<JsonObject> found)
    {
        var all = found.ToList();
        var limit = Math.Min(Number(http, "limit", DefaultLimit), MaxLimit);
        return OAuthStandIn.Json(new JsonObject
        {
            [member] = new JsonArray([.. all.Skip(Number(http, "offset", otherwise: 0)).Take(limit)]),
            ["meta"] = new JsonObject { ["total"] = $"{all.Count}" },
        });
    }

    private static int Number(HttpRequest http, string name, int otherwise) =>
        int.TryParse(http.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
