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
internal static class BulkColumns
{
    private static readonly Dictionary<string, BulkColumn> Names = new()
    {
        ["recipients"] = BulkColumn.Recipients,
        ["recipient"] = BulkColumn.Recipients,
        ["email"] = BulkColumn.Recipients,
        ["emails"] = BulkColumn.Recipients,
        ["emailaddress"] = BulkColumn.Recipients,
        ["emailaddresses"] = BulkColumn.Recipients,
        ["email1value"] = BulkColumn.Recipients, // Google's address books
        ["email1wert"] = BulkColumn.Recipients,
        ["empfänger"] = BulkColumn.Recipients,
        ["empfaenger"] = BulkColumn.Recipients,
        ["emailadresse"] = BulkColumn.Recipients,
        ["emailadressen"] = BulkColumn.Recipients,
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
    public static BulkColumn? Find(string header) =>
        Names.TryGetValue(string.Concat(header.Normalize().Where(char.IsLetterOrDigit)).ToLowerInvariant(), out var column) ? column : null;
}
