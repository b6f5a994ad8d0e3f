using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>A GAQL query as far as the portal needs it: fields, resource, one condition; an order and a limit are not obeyed.</summary>
/// <remarks><c>Value</c>: What a form or a type of asset must be; null = any.</remarks>
internal sealed partial record GoogleAdsQuery(IReadOnlyList<string> Fields, string Resource, string? Value)
{
    /// <summary>The selected fields in the names of the answer.</summary>
    public string FieldMask => string.Join(',', Fields.Select(Camel));

    /// <summary>Whether it asks for what people filled in, rather than how many did.</summary>
    public bool ReadsPeople => Fields.Any(f => f.EndsWith("_submission_fields", StringComparison.Ordinal));

    /// <returns>Null when this is no query.</returns>
    public static GoogleAdsQuery? Parse(string text)
    {
        var match = Shape().Match(text.Trim());
        return match.Success
            ? new(
                match.Groups["fields"].Value.Split(',', StringSplitOptions.TrimEntries), match.Groups["resource"].Value,
                match.Groups["value"] is { Success: true } value ? value.Value : null)
            : null;
    }

    /// <summary>What was selected of a row, and the resource's name, which always comes along.</summary>
    public JsonObject Select(JsonObject row)
    {
        var selected = new JsonObject();
        foreach (var path in Fields.Select(f => Camel(f).Split('.')))
        {
            if (row[path[0]] is not JsonObject resource)
                continue;
            if (selected[path[0]] is not JsonObject target)
                selected[path[0]] = target = new JsonObject { ["resourceName"] = resource["resourceName"]?.DeepClone() };
            if (path.Length > 1 && resource[path[1]] is { } value)
                target[path[1]] = value.DeepClone();
        }

        return selected;
    }

    /// <summary>Whether the row has every field that was selected.</summary>
    public bool IsAnsweredBy(JsonObject row) =>
        Fields.All(f => Camel(f).Split('.').Aggregate((JsonNode?)row, (node, part) => (node as JsonObject)?[part]) is not null);

    private static string Camel(string field) =>
        string.Join(
            '.', field.Split('.')
                .Select(part =>
                    JsonNamingPolicy.CamelCase.ConvertName(
                        string.Concat(part.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..])))));

    [GeneratedRegex(
        @"^SELECT\s+(?<fields>[a-z_]+\.[a-z_.]+(?:\s*,\s*[a-z_]+\.[a-z_.]+)*)\s+FROM\s+(?<resource>[a-z_]+)"
            + @"(?:\s+WHERE\s+[a-z_.]+\s*=\s*'(?<value>[^']*)')?(?:\s+(?:ORDER|LIMIT)\s.*)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
