using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <summary>What the Marketing API answers about an account and its audiences.</summary>
internal sealed class MailchimpApi(SandboxContactLists lists)
{
    private static readonly (string Tag, string Name, string Type)[] Fields =
    [
        ("FNAME", "First Name", "text"), ("LNAME", "Last Name", "text"), ("ADDRESS", "Address", "address"),
        ("PHONE", "Phone Number", "phone"), ("BIRTHDAY", "Birthday", "birthday"), ("BORN", "Date of birth", "date"),
        ("GENDER", "Gender", "radio"),
    ];

    public IResult Root(MailchimpPerson person, HttpRequest http) => MailchimpPage.Filtered(http, new()
    {
        ["account_id"] = person.Account.Id,
        ["login_id"] = person.Account.LoginId.ToString(CultureInfo.InvariantCulture),
        ["account_name"] = person.Account.Name,
        ["email"] = person.Email,
        ["first_name"] = person.Name,
        ["last_name"] = "",
        ["username"] = person.Key,
        ["role"] = "owner",
        ["total_subscribers"] = lists.Of(person).Sum(l => l.CountIn([ContactState.Active])),
    });

    public IResult Lists(MailchimpPerson person, HttpRequest http) =>
        Page(http, "lists", [.. lists.Of(person).Select(l => new MailchimpAudience(l).Describe())]);

    public IResult List(MailchimpPerson person, HttpRequest http) =>
        MailchimpAudience.Find(lists, person, http) is { } audience
            ? MailchimpPage.Filtered(http, audience.Describe())
            : MailchimpProblem.NotFound;

    public IResult MergeFields(MailchimpPerson person, HttpRequest http) =>
        MailchimpAudience.Find(lists, person, http) is { } audience
            ? Page(http, "merge_fields", [.. Fields.Select((field, index) => new JsonObject
            {
                ["merge_id"] = index + 1,
                ["tag"] = field.Tag,
                ["name"] = field.Name,
                ["type"] = field.Type,
                ["required"] = false,
                ["list_id"] = audience.Id,
            })], audience.Id)
            : MailchimpProblem.NotFound;

    public IResult Segments(MailchimpPerson person, HttpRequest http) =>
        MailchimpAudience.Find(lists, person, http) is { } audience
            ? Page(http, "segments", [.. audience.Segments.Select(s => audience.Describe(s))], audience.Id)
            : MailchimpProblem.NotFound;

    public IResult Segment(MailchimpPerson person, HttpRequest http) =>
        MailchimpAudience.Find(lists, person, http) is { } audience && audience.FindSegment(http) is { } people
            ? MailchimpPage.Filtered(http, audience.Describe(audience.Segments.First(s => s.People == people)))
            : MailchimpProblem.NotFound;

    private static IResult Page(HttpRequest http, string member, IReadOnlyList<JsonObject> all, string? list = null) =>
        MailchimpPage.Read(http) is { } page
            ? MailchimpPage.Of(http, member, all.Skip(page.Offset).Take(page.Count), all.Count, list)
            : MailchimpPage.Problem;
}
