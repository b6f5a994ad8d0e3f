using System.Globalization;
using System.Text.RegularExpressions;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <summary>The few queries that the portal may ask, read from SOQL word by word, as texts may hold anything.</summary>
internal sealed partial record SalesforceQuery(
    string Entity, IReadOnlyList<string> Fields, IReadOnlyList<SalesforceClause> Clauses, int? Limit)
{
    /// <summary>Whether it asks how many there are.</summary>
    public bool IsCount => Fields is ["COUNT()"];

    /// <returns>Null when this is none of the queries that are understood here.</returns>
    public static SalesforceQuery? Parse(string soql)
    {
        if (Words(soql) is not { } words) return null;
        var at = 0;
        if (!Takes("SELECT")) return null;
        var fields = new List<string>();
        do
        {
            if (Next() is not { } field) return null;
            fields.Add(field);
        }
        while (Takes(","));
        if (!Takes("FROM") || Next() is not { } entity || entity is not ("Contact" or "Lead")) return null;
        var clauses = new List<SalesforceClause>();
        if (Takes("WHERE"))
        {
            do
            {
                if (Next() is not { } field || Next() is not { } sign || Next() is not { } value) return null;
                if (!SalesforceClause.Signs.Contains(sign) || SalesforceClause.Of(field, sign, value) is not { } clause) return null;
                clauses.Add(clause);
            }
            while (Takes("AND"));
        }

        if (Takes("ORDER"))
        {
            if (!Takes("BY") || !Takes("Id")) return null;
            Takes("ASC");
        }

        var limit = Takes("LIMIT") ? int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : -1 : 0;
        return at == words.Count && limit >= 0 ? new(entity, fields, clauses, limit == 0 ? null : limit) : null;

        string? Next() => at < words.Count ? words[at++] : null;

        bool Takes(string word)
        {
            if (at >= words.Count || words[at] != word) return false;
            at++;
            return true;
        }
    }

    /// <summary>The first field that is not there; null when all are.</summary>
    /// <remarks><c>hidden</c>: A field that the person must not see; for them it does not exist.</remarks>
    public string? MissingField(string? hidden)
    {
        var known = SalesforceFields.Of(Entity, hidden).Select(f => f.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (IsCount ? [] : Fields).Concat(Clauses.Select(c => c.Field)).FirstOrDefault(f => !known.Contains(f));
    }

    /// <summary>The first field that is compared with what it cannot be; null when none is.</summary>
    public string? MistypedField() => Clauses.FirstOrDefault(
        c => !c.Fits(SalesforceFields.Of(Entity, null).First(f => f.Name.Equals(c.Field, StringComparison.OrdinalIgnoreCase)).Type))?.Field;

    private static List<string>? Words(string soql)
    {
        var words = new List<string>();
        var at = 0;
        while (Word().Match(soql, at) is { Success: true } match)
        {
            words.Add(match.Groups["word"].Value);
            at += match.Length;
        }

        return string.IsNullOrWhiteSpace(soql[at..]) ? words : null;
    }

    // a text in quotes, a name, a number or a time, or a sign
    [GeneratedRegex(
        @"\G\s*(?<word>'(?:[^'\\]|\\[nrtbf""'\\_%])*'|[A-Za-z]\w*(?:\(\))?|-?[0-9][\w:.+-]*|!=|<=|>=|[=<>,])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
