using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <summary>A field of contacts or leads.</summary>
internal sealed record SalesforceField(string Name, string Label, string Type);

/// <summary>What contacts and leads have, and what stands there.</summary>
internal static class SalesforceFields
{
    public const string OptOut = "HasOptedOutOfEmail";
    public const string Source = "LeadSource";
    private const int ConvertedEvery = 25;
    private static readonly string[] Sources = ["Web", "Phone Inquiry", "Partner Referral", "Trade Show – Halle 4"];

    private static readonly SalesforceField[] Common =
    [
        new("Id", "Record ID", "id"), new("IsDeleted", "Deleted", "boolean"), new("OwnerId", "Owner ID", "reference"),
        new("FirstName", "First Name", "string"), new("LastName", "Last Name", "string"), new("Name", "Full Name", "string"),
        new("Email", "Email", "email"), new("Phone", "Business Phone", "phone"), new("MobilePhone", "Mobile Phone", "phone"),
        new("GenderIdentity", "Gender Identity", "picklist"), new(Source, "Lead Source", "picklist"),
        new(OptOut, "Email Opt Out", "boolean"), new("PhotoUrl", "Photo URL", "url"), new("Points__c", "Points", "double"),
        new("LastModifiedDate", "Last Modified Date", "datetime"),
    ];

    private static readonly SalesforceField[] Contacts =
    [
        .. Common, new("Birthdate", "Birthdate", "date"), new("MailingStreet", "Mailing Street", "textarea"),
        new("MailingCity", "Mailing City", "string"), new("MailingState", "Mailing State/Province", "string"),
        new("MailingPostalCode", "Mailing Zip/Postal Code", "string"), new("MailingCountry", "Mailing Country", "string"),
        new("MailingAddress", "Mailing Address", "address"),
    ];

    private static readonly SalesforceField[] Leads =
    [
        .. Common, new("Company", "Company", "string"), new("Status", "Lead Status", "picklist"),
        new("IsConverted", "Converted", "boolean"),
        new("Street", "Street", "textarea"), new("City", "City", "string"), new("State", "State/Province", "string"),
        new("PostalCode", "Zip/Postal Code", "string"), new("Country", "Country", "string"), new("Address", "Address", "address"),
    ];

    /// <summary>The fields of <c>Contact</c> or <c>Lead</c>.</summary>
    /// <remarks><c>hidden</c>: One that the person must not see; for them it does not exist.</remarks>
    public static IEnumerable<SalesforceField> Of(string entity, string? hidden) =>
        (entity == "Contact" ? Contacts : Leads).Where(f => f.Name != hidden);

    /// <inheritdoc cref="Of" />
    public static JsonObject Describe(string entity, string? hidden) => new()
    {
        ["name"] = entity,
        ["label"] = entity,
        ["labelPlural"] = $"{entity}s",
        ["keyPrefix"] = Prefix(entity),
        ["queryable"] = true,
        ["fields"] = new JsonArray([.. Of(entity, hidden).Select(f => new JsonObject
        {
            ["name"] = f.Name,
            ["label"] = f.Label,
            ["type"] = f.Type,
            ["filterable"] = f.Type is not ("textarea" or "address"),
            ["deprecatedAndHidden"] = false,
        })]),
    };

    public static string IdOf(string entity, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(entity)}SB0{number:000000000}AAA"); // the last three are a check sum

    /// <summary>A text, a truth value, a number, a day, a time or null.</summary>
    public static object? Value(SandboxContact contact, string entity, string field) =>
        (field.StartsWith("Mailing", StringComparison.Ordinal) ? field["Mailing".Length..] : field) switch
        {
            "Id" => IdOf(entity, contact.Number),
            "FirstName" => Text(contact.FirstName),
            "LastName" => Text(contact.LastName),
            "Name" => Text($"{contact.FirstName} {contact.LastName}".Trim()),
            "Email" => Text(contact.Email),
            "Phone" => Text(contact.Phone),
            "GenderIdentity" => Text(contact.Gender),
            Source => Sources[contact.Number % Sources.Length],
            "Points__c" => (decimal)(contact.Number % 500) / 2,
            "Birthdate" => contact.Birthday,
            "Street" => Text($"{contact.Street}\n{contact.Street2}".Trim()),
            "City" => Text(contact.City),
            "State" => Text(contact.State),
            "PostalCode" => Text(contact.PostalCode),
            "Country" => Text(contact.Country),
            "Status" => "Open - Not Contacted",
            "IsConverted" => contact.Number % ConvertedEvery == 0,
            "IsDeleted" => false,
            OptOut => contact.IsOptedOut,
            "LastModifiedDate" => contact.ChangedAt,
            _ => null, // nobody here has a mobile number, an owner or a picture
        };

    public static JsonNode? Json(object? value) => value switch
    {
        bool truth => truth,
        decimal number => number,
        null => null,
        _ => Plain(value),
    };

    /// <summary>A value as text, as the files of the Bulk API have it.</summary>
    public static string Plain(object? value) => value switch
    {
        bool truth => truth ? "true" : "false",
        decimal number => number.ToString("0.0", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff+0000", CultureInfo.InvariantCulture),
        _ => value as string ?? "",
    };

    private static string Prefix(string entity) => entity == "Contact" ? "003" : "00Q";

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
