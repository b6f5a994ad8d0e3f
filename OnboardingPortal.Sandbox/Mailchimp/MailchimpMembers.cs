using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <summary>What the Marketing API answers about the contacts of an audience, a segment or a tag.</summary>
internal sealed class MailchimpMembers(SandboxContactLists lists, ContactDisturbances disturbances)
{
    private static readonly Dictionary<string, ContactState> States = new()
    {
        ["subscribed"] = ContactState.Active,
        ["unsubscribed"] = ContactState.OptedOut,
        ["cleaned"] = ContactState.Bounced,
        ["pending"] = ContactState.Unconfirmed,
    };

    private static readonly string[] Empty = ["transactional", "archived"]; // nobody here is that
    private static readonly string[] SortFields = ["", "timestamp_opt", "timestamp_signup", "last_changed"];
    private static readonly string[] SortDirections = ["", "ASC"];

    public IResult OfList(MailchimpPerson person, HttpRequest http)
    {
        var status = http.Query["status"].ToString();
        if (!SortFields.Contains(http.Query["sort_field"].ToString()) || !SortDirections.Contains(http.Query["sort_dir"].ToString()))
            return MailchimpProblem.Invalid("sort_field and sort_dir must be of those that are documented.");
        if (status.Length > 0 && !States.ContainsKey(status) && !Empty.Contains(status))
            return MailchimpProblem.Invalid("status must be one of those that are documented.");
        ContactState[] states = Empty.Contains(status) ? [] : status.Length > 0 ? [States[status]] : [.. States.Values];
        return Page(person, http, MailchimpAudience.Find(lists, person, http)?.List, states);
    }

    public IResult OfSegment(MailchimpPerson person, HttpRequest http)
    {
        List<ContactState> states = [ContactState.Active];
        if (http.Query["include_unsubscribed"] == "true") states.Add(ContactState.OptedOut);
        if (http.Query["include_cleaned"] == "true") states.Add(ContactState.Bounced);
        return Page(person, http, MailchimpAudience.Find(lists, person, http)?.FindSegment(http), states);
    }

    private IResult Page(MailchimpPerson person, HttpRequest http, SandboxContactList? list, IReadOnlyList<ContactState> states)
    {
        if (list is null) return MailchimpProblem.NotFound;
        if (MailchimpPage.Read(http) is not { } page) return MailchimpPage.Problem;
        switch (disturbances.For(person, isFirst: page.Offset == 0))
        {
            case ContactDisturbance.ListGone:
                return MailchimpProblem.NotFound;
            case ContactDisturbance.AccessEnds:
                return MailchimpProblem.TokenInvalid;
            case ContactDisturbance.QuotaEnds:
                http.HttpContext.Response.Headers.RetryAfter =
                    disturbances.SecondsLeft(TimeSpan.FromMinutes(1)).ToString(CultureInfo.InvariantCulture);
                return MailchimpProblem.TooManyCalls;
        }

        var id = (string)http.RouteValues["list"]!;
        var rows = list.In(states, skip: page.Offset).Take(page.Count).Select(c => Describe(c, id));
        return MailchimpPage.Of(http, "members", rows, list.CountIn(states), id);
    }

    private static JsonObject Describe(SandboxContact contact, string list) => new()
    {
        ["id"] = SubscriberHash(contact.Address),
        ["email_address"] = contact.Address,
        ["unique_email_id"] = contact.Number.ToString("x10", CultureInfo.InvariantCulture),
        ["contact_id"] = contact.Number.ToString("x32", CultureInfo.InvariantCulture),
        ["full_name"] = $"{contact.FirstName} {contact.LastName}".Trim(),
        ["web_id"] = 440_000_000 + contact.Number,
        ["status"] = States.First(s => s.Value == contact.Status).Key,
        ["merge_fields"] = new JsonObject
        {
            ["FNAME"] = contact.FirstName,
            ["LNAME"] = contact.LastName,
            ["ADDRESS"] = new JsonObject
            {
                ["addr1"] = contact.Street,
                ["addr2"] = contact.Street2,
                ["city"] = contact.City,
                ["state"] = contact.State,
                ["zip"] = contact.PostalCode,
                ["country"] = contact.Country,
            },
            ["PHONE"] = contact.Phone,
            ["BIRTHDAY"] = contact.Birthday?.ToString("MM/dd", CultureInfo.InvariantCulture) ?? "",
            ["BORN"] = contact.Birthday?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            ["GENDER"] = contact.Gender,
        },
        ["timestamp_opt"] = "2026-01-01T08:00:00+00:00",
        ["last_changed"] = contact.ChangedAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        ["list_id"] = list,
    };

    // Mailchimp names a contact by the MD5 of the address in lower case; it protects nothing.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The API's own identifier of a contact, "
        + "not a protection.")]
    private static string SubscriberHash(string email) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));
}
