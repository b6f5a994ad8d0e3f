using System.Globalization;
using System.Text.RegularExpressions;
using OnboardingPortal.Sandbox.Accounts;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <summary>The few queries that the portal may ask, read from SOQL.</summary>
internal sealed partial record SalesforceQuery(string Entity, IReadOnlyList<string> Fields, IReadOnlyList<string> Conditions)
{
    private static readonly string[] CommonFields = [
        "Id", "FirstName", "LastName", "Email", "Phone", "MobilePhone", "HasOptedOutOfEmail", "LastModifiedDate"
    ];
    private static readonly string[] ContactFields = [
        .. CommonFields, "MailingStreet", "MailingCity", "MailingState", "MailingPostalCode", "MailingCountry"
    ];
    private static readonly string[] LeadFields = [.. CommonFields, "Street", "City", "State", "PostalCode", "Country", "IsConverted"];

    /// <returns>Null when this is none of the queries that are understood here.</returns>
    public static SalesforceQuery? Parse(string soql)
    {
        var match = Shape().Match(soql.Trim());
        return match.Success
            ? new(match.Groups["entity"].Value, Split(match.Groups["fields"].Value, ","), Split(match.Groups["where"].Value, " AND "))
            : null;
    }

    /// <summary>The first field that is not there; null when all are.</summary>
    /// <remarks><c>hidden</c>: A field that the person must not see; for them it does not exist.</remarks>
    public string? MissingField(string? hidden)
    {
        var known = Entity == "Contact" ? ContactFields : LeadFields;
        return Fields.Concat(Conditions.Select(c => c.Split(' ')[0]))
            .FirstOrDefault(f => f == hidden || !known.Contains(f, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether each condition is one that is understood.</summary>
    public bool IsUnderstood =>
        Conditions.All(c => c is "Email != null" or "IsConverted = false" or "HasOptedOutOfEmail = false" || Since(c) is not null);

    /// <summary>Every contact here has an address and no lead is converted, so only two conditions leave anybody out.</summary>
    public bool Matches(AccountContact contact) =>
        !(contact.OptedOut && Conditions.Contains("HasOptedOutOfEmail = false"))
            && Conditions.Select(Since).All(since => since is null || contact.ModifiedAt > since);

    private static DateTimeOffset? Since(string condition) =>
        condition.StartsWith("LastModifiedDate > ", StringComparison.Ordinal)
        && DateTimeOffset.TryParse(condition["LastModifiedDate > ".Length..], CultureInfo.InvariantCulture, out var since) ? since : null;

    private static string[] Split(string text, string separator) =>
        text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(
        @"^SELECT (?<fields>[\w, ]+) FROM (?<entity>Contact|Lead)( WHERE (?<where>.+?))?( ORDER BY Id( ASC)?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
