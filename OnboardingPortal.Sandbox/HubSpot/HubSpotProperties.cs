using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.HubSpot;

/// <summary>The properties that a contact has, and their values.</summary>
internal static class HubSpotProperties
{
    private const int FirstId = 500;
    private static readonly string[] Usual = ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"];
    private static readonly string[] Always = ["createdate", "hs_object_id", "lastmodifieddate"];

    private static readonly (string Name, string Label, string Type, bool IsReadOnly, Func<SandboxContact, string?> Value)[] All =
    [
        ("address", "Street Address", "string", false, c => c.Street),
        ("city", "City", "string", false, c => c.City),
        ("country", "Country/Region", "string", false, c => c.Country),
        ("createdate", "Create Date", "datetime", true, _ => "2026-01-02T03:04:05.678Z"),
        ("date_of_birth", "Date of birth", "string", false, c => c.Birthday?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("email", "Email", "string", false, c => c.Email),
        ("firstname", "First Name", "string", false, c => c.FirstName),
        ("gender", "Gender", "string", false, c => c.Gender),
        ("hs_email_optout", "Unsubscribed from all email", "bool", true, c => c.IsOptedOut ? "true" : null),
        ("hs_object_id", "Record ID", "number", true, c => IdOf(c.Number)),
        ("lastmodifieddate", "Last Modified Date", "datetime", true, TimeOf),
        ("lastname", "Last Name", "string", false, c => c.LastName),
        ("mobilephone", "Mobile Phone Number", "string", false, _ => null),
        ("phone", "Phone Number", "string", false, c => c.Phone),
        ("state", "State/Region", "string", false, c => c.State),
        ("zip", "Postal Code", "string", false, c => c.PostalCode),
    ];

    public static string IdOf(int number) => (FirstId + number).ToString(CultureInfo.InvariantCulture);

    /// <summary>The number behind an id; null when it is none.</summary>
    public static int? NumberOf(string? id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > FirstId ? number - FirstId : null;

    public static IResult List() => OAuthStandIn.Json(new JsonObject
    {
        ["results"] = new JsonArray([.. All.Select((property, index) => new JsonObject
        {
            ["name"] = property.Name,
            ["label"] = property.Label,
            ["type"] = property.Type,
            ["fieldType"] = property.Type == "bool" ? "booleancheckbox" : "text",
            ["groupName"] = "contactinformation",
            ["displayOrder"] = index,
            ["hidden"] = false,
            ["archived"] = false,
            ["modificationMetadata"] = new JsonObject { ["archivable"] = false, ["readOnlyValue"] = property.IsReadOnly },
        })]),
    });

    public static JsonObject Describe(SandboxContact contact, IReadOnlyList<string> asked)
    {
        var properties = new JsonObject();
        foreach (var name in (asked.Count == 0 ? Usual : asked.Concat(Always)).Distinct())
        {
            var index = Array.FindIndex(All, p => p.Name == name);
            if (index >= 0) properties[name] = All[index].Value(contact) is { Length: > 0 } value ? value : null; // the rest is left out
        }

        return new JsonObject
        {
            ["id"] = IdOf(contact.Number),
            ["properties"] = properties,
            ["createdAt"] = "2026-01-02T03:04:05.678Z",
            ["updatedAt"] = TimeOf(contact),
            ["archived"] = false,
        };
    }

    private static string TimeOf(SandboxContact contact) =>
        contact.ChangedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
