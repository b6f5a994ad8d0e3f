using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <summary>A list of an account's contacts as Mailchimp has it: an audience with a segment and a tag.</summary>
internal sealed record MailchimpAudience(SandboxContactList List)
{
    private static readonly ContactState[] Subscribed = [ContactState.Active];

    public string Id => List.Number.ToString("x10", CultureInfo.InvariantCulture);

    /// <summary>Its parts: a tenth of it, and its first twelve contacts.</summary>
    public IReadOnlyList<(int Id, string Type, SandboxContactList People)> Segments => List.Size < 100
        ? []
        :
        [
            (101, "saved", List with { Name = "Bought this year", Size = List.Size / 10 }),
            (102, "static", List with { Name = "VIP", Size = 12 }),
        ];

    public static MailchimpAudience? Find(SandboxContactLists lists, MailchimpPerson person, HttpRequest http) =>
        http.RouteValues["list"] is string { Length: 10 } id
        && long.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
        && lists.Find(person, number) is { } list
            ? new(list)
            : null;

    public SandboxContactList? FindSegment(HttpRequest http) =>
        Segments.Where(s => s.Id.ToString(CultureInfo.InvariantCulture) == (string?)http.RouteValues["segment"])
            .Select(s => s.People).FirstOrDefault();

    public JsonObject Describe() => new()
    {
        ["id"] = Id,
        ["name"] = List.Name,
        ["stats"] = new JsonObject
        {
            ["member_count"] = List.CountIn(Subscribed),
            ["unsubscribe_count"] = List.CountIn([ContactState.OptedOut]),
            ["cleaned_count"] = List.CountIn([ContactState.Bounced]),
        },
    };

    public JsonObject Describe((int Id, string Type, SandboxContactList People) segment) => new()
    {
        ["id"] = segment.Id,
        ["name"] = segment.People.Name,
        ["member_count"] = segment.People.CountIn(Subscribed),
        ["type"] = segment.Type,
        ["created_at"] = "2026-01-01T08:00:00+00:00",
        ["updated_at"] = "2026-10-01T12:00:00+00:00",
        ["list_id"] = Id,
    };
}
