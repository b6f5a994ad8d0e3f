using System.Text.RegularExpressions;

namespace OnboardingPortal.Core.Bulk;

/// <summary>What a column of a file holds. Stored by name.</summary>
public enum BulkColumn
{
    /// <summary>One or several addresses; needed.</summary>
    Recipients,

    /// <summary>Platforms by key or name; empty = those of the template.</summary>
    Services,

    /// <summary>The message; empty = the template's, else the agency's.</summary>
    Message,

    /// <summary>A two-letter code; empty = what a new request starts with.</summary>
    Language,

    /// <summary>The name or id of a Business Manager; empty = the template's, or the only one.</summary>
    BusinessManager,

    /// <summary>The name of a template; empty = the agency's default one.</summary>
    Template,
}

/// <summary>What people call the columns, in English and German.</summary>
internal static partial class BulkColumns
{
    private static readonly Dictionary<string, BulkColumn> Names = new()
    {
        ["recipients"] = BulkColumn.Recipients,
        ["recipient"] = BulkColumn.Recipients,
        ["email"] = BulkColumn.Recipients,
        ["emails"] = BulkColumn.Recipients,
        ["emailaddress"] = BulkColumn.Recipients,
        ["emailaddresses"] = BulkColumn.Recipients,
        ["empfänger"] = BulkColumn.Recipients,
        ["empfaenger"] = BulkColumn.Recipients,
        ["emailadresse"] = BulkColumn.Recipients,
        ["emailadressen"] = BulkColumn.Recipients,
        ["mail"] = BulkColumn.Recipients,
        ["mails"] = BulkColumn.Recipients,
        ["mailadresse"] = BulkColumn.Recipients,
        ["services"] = BulkColumn.Services,
        ["service"] = BulkColumn.Services,
        ["platforms"] = BulkColumn.Services,
        ["platform"] = BulkColumn.Services,
        ["dienste"] = BulkColumn.Services,
        ["dienst"] = BulkColumn.Services,
        ["plattformen"] = BulkColumn.Services,
        ["plattform"] = BulkColumn.Services,
        ["message"] = BulkColumn.Message,
        ["nachricht"] = BulkColumn.Message,
        ["language"] = BulkColumn.Language,
        ["sprache"] = BulkColumn.Language,
        ["businessmanager"] = BulkColumn.BusinessManager,
        ["businessportfolio"] = BulkColumn.BusinessManager,
        ["template"] = BulkColumn.Template,
        ["vorlage"] = BulkColumn.Template,
    };

    /// <summary>The column of a header's cell; null when the portal does not know it. Case, blanks and punctuation do not count.</summary>
    public static BulkColumn? Find(string header) => Names.TryGetValue(KeyOf(header), out var column) ? column : null;

    /// <summary>
    /// Whether a column holds one of several addresses of a person, as exports of address books and CRMs name them: "E-mail 1 - Value"
    /// (Google), "E-mail 2 Address" (Outlook), "Secondary Email" (Thunderbird), "Contact: Email" (Salesforce), "Work email" (HubSpot),
    /// "Person - Email - Work" (Pipedrive).
    /// </summary>
    public static bool IsFurtherAddress(string header) => FurtherAddress().IsMatch(KeyOf(header));

    private static string KeyOf(string header) => string.Concat(header.Normalize().Where(char.IsLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex(
        @"\A(person|contact|customer|client|lead|company|subscriber|billing|primary|main|work|business|home|private|personal|secondary"
        + "|other|additional|alternat(e|ive)|kunden?|kontakt|firmen|haupt|primäre|sekundäre|geschäftliche|dienstliche|weitere|zweite)*"
        + @"e?mails?(address(es)?|adressen?)?[0-9]*(value|wert|address|adresse)?"
        + @"(work|business|home|private?|personal|other|geschäftlich|dienstlich)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex FurtherAddress();
}
