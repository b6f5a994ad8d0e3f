using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <summary>What the REST API answers: versions, queries and their further pages.</summary>
internal static partial class SalesforceApi
{
    private const int OldestVersion = 60;
    private const int NewestVersion = 67;

    /// <summary>The real one gives 2,000 at a time, and may give fewer; so few show several pages in a small account.</summary>
    private const int BatchSize = 500;

    public static IResult Versions() =>
        OAuthStandIn.Json(new JsonArray([.. Enumerable.Range(OldestVersion, NewestVersion - OldestVersion + 1)
            .Select(v => new JsonObject { ["label"] = $"Version {v}", ["url"] = $"/services/data/v{v}.0", ["version"] = $"{v}.0" })]));

    public static IResult Query(AccountPerson person, string version, string soql) => Answer(person, version, soql, offset: 0);

    /// <remarks><c>locator</c>: The last part of a <c>nextRecordsUrl</c>. It holds the query, so that nothing need be remembered.</remarks>
    public static IResult QueryMore(AccountPerson person, string version, string locator) =>
        Locator().Match(locator) is { Success: true } match
        && Base64Url.IsValid(match.Groups["query"].Value)
        && int.TryParse(match.Groups["offset"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? Answer(person, version, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(match.Groups["query"].Value)), offset)
            : SalesforceProblem.NotFound;

    private static IResult Answer(AccountPerson person, string version, string soql, int offset)
    {
        if (!IsKnown(version))
            return SalesforceProblem.VersionUnknown;
        if (SalesforceQuery.Parse(soql) is not { } query)
            return SalesforceProblem.QueryMalformed("unexpected token");
        var hidden = person.Behaviour == SandboxBehaviour.LacksSomething ? "HasOptedOutOfEmail" : null;
        if (query.MissingField(hidden) is { } missing)
            return SalesforceProblem.FieldInvalid(missing, query.Entity);
        if (!query.IsUnderstood)
            return SalesforceProblem.QueryMalformed("unexpected condition");

        var all = person.Contacts.Where(query.Matches).ToList();
        var end = Math.Min(offset + BatchSize, all.Count);
        var body = new JsonObject { ["totalSize"] = all.Count, ["done"] = end == all.Count };
        if (end < all.Count)
            body["nextRecordsUrl"] = $"/services/data/{version}/query/01g{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(soql))}-{end}";
        body["records"] = new JsonArray([.. all.Skip(offset).Take(BatchSize).Select(c => Record(c, query, version))]);
        return OAuthStandIn.Json(body);
    }

    private static JsonObject Record(AccountContact contact, SalesforceQuery query, string version)
    {
        var id = $"{(query.Entity == "Contact" ? "003" : "00Q")}SB0000{contact.Number:000000}AAA"; // 15 characters and a check sum of three
        var record = new JsonObject
        {
            ["attributes"] = new JsonObject { ["type"] = query.Entity, ["url"] = $"/services/data/{version}/sobjects/{query.Entity}/{id}" },
        };
        foreach (var field in query.Fields)
            record[field] = field == "Id"
                ? id
                : Value(contact, field.StartsWith("Mailing", StringComparison.Ordinal) ? field["Mailing".Length..] : field);
        return record;
    }

    private static JsonNode? Value(AccountContact contact, string field) => field switch
    {
        "FirstName" => AccountContact.FirstName,
        "LastName" => contact.LastName,
        "Email" => contact.Email,
        "Phone" => contact.Phone,
        "City" => contact.City,
        "PostalCode" => contact.Zip,
        "Country" => AccountContact.Country,
        "HasOptedOutOfEmail" => contact.OptedOut,
        "IsConverted" => false,
        "LastModifiedDate" => contact.ModifiedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff+0000", CultureInfo.InvariantCulture),
        _ => null, // nobody here has a mobile number, a street or a state
    };

    private static bool IsKnown(string version) =>
        decimal.TryParse(version.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number is >= OldestVersion and <= NewestVersion;

    [GeneratedRegex("^01g(?<query>.+)-(?<offset>[0-9]{1,6})$", RegexOptions.CultureInvariant)]
    private static partial Regex Locator();
}
