using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <summary>What the Marketing API answers about an account, its audiences and their contacts.</summary>
internal static class MailchimpApi
{
    private const int DefaultCount = 10;
    private const int MaxCount = 1000;

    // Nine in ten contacts may be written to.
    private static readonly string[] Statuses =
        ["subscribed", "subscribed", "subscribed", "subscribed", "subscribed", "subscribed", "subscribed", "subscribed", "subscribed",
            "unsubscribed"];

    public static IResult Root(MailchimpPerson person, HttpRequest http) => Filtered(http, new()
    {
        ["account_id"] = person.Account.Id,
        ["login_id"] = person.Account.LoginId.ToString(CultureInfo.InvariantCulture),
        ["account_name"] = person.Account.Name,
        ["email"] = person.Email,
        ["first_name"] = person.Name,
        ["last_name"] = "",
        ["username"] = person.Key,
        ["role"] = "owner",
        ["total_subscribers"] = person.Account.Audiences.Sum(a => All(a).Count(m => (string?)m["status"] == "subscribed")),
    });

    public static IResult Lists(MailchimpPerson person, HttpRequest http) =>
        Page(http, "lists", [.. person.Account.Audiences.Select(Describe)], extra: null);

    public static IResult List(MailchimpPerson person, HttpRequest http) =>
        Find(person, http) is { } audience ? Filtered(http, Describe(audience)) : MailchimpProblem.NotFound;

    public static IResult Members(MailchimpPerson person, HttpRequest http)
    {
        if (Find(person, http) is not { } audience)
            return MailchimpProblem.NotFound;
        var status = http.Query["status"].ToString();
        return Page(
            http, "members", [.. All(audience).Where(m => status.Length == 0 || (string?)m["status"] == status)],
            new("list_id", audience.Id));
    }

    private static MailchimpAudience? Find(MailchimpPerson person, HttpRequest http) =>
        person.Account.Audiences.FirstOrDefault(a => a.Id == (string?)http.RouteValues["list"]);

    private static IResult Page(HttpRequest http, string member, IReadOnlyList<JsonObject> all, KeyValuePair<string, string>? extra)
    {
        if (!TryReadNumber(http, "count", DefaultCount, out var count) || count > MaxCount
            || !TryReadNumber(http, "offset", 0, out var offset))
            return MailchimpProblem.Invalid($"count must lie between 0 and {MaxCount}, and offset must not be negative.");
        var body = new JsonObject { [member] = new JsonArray([.. all.Skip(offset).Take(count)]) };
        if (extra is { } named)
            body[named.Key] = named.Value;
        body["total_items"] = all.Count;
        return Filtered(http, body);
    }

    private static bool TryReadNumber(HttpRequest http, string name, int otherwise, out int number)
    {
        number = otherwise;
        return http.Query[name].ToString() is not { Length: > 0 } text
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static IResult Filtered(HttpRequest http, JsonObject body) =>
        OAuthStandIn.Json(http.Query["fields"].ToString() is { Length: > 0 } fields ? MailchimpFields.Select(body, fields) : body);

    private static JsonObject Describe(MailchimpAudience audience) => new()
    {
        ["id"] = audience.Id,
        ["name"] = audience.Name,
        ["stats"] = new JsonObject { ["member_count"] = All(audience).Count(m => (string?)m["status"] == "subscribed") },
    };

    private static IEnumerable<JsonObject> All(MailchimpAudience audience) => Enumerable.Range(1, audience.Contacts).Select(number =>
    {
        var email = $"contact{number}@{audience.Id}.example";
        return new JsonObject
        {
            ["id"] = SubscriberHash(email),
            ["email_address"] = email,
            ["full_name"] = $"Contact {number}",
            ["status"] = Statuses[number % Statuses.Length],
            ["merge_fields"] = new JsonObject { ["FNAME"] = "Contact", ["LNAME"] = $"{number}", ["PHONE"] = $"+49 30 {1000000 + number}" },
            ["last_changed"] = "2026-10-01T12:00:00+00:00",
            ["list_id"] = audience.Id,
        };
    });

    // Mailchimp names a contact by the MD5 of the address in lower case; it protects nothing.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The API's own identifier of a contact, "
        + "not a protection.")]
    private static string SubscriberHash(string email) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email)));
}
