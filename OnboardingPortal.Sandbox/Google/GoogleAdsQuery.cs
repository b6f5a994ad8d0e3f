using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>A GAQL query as far as the portal needs it: fields, resource, the rest unread.</summary>
internal sealed partial record GoogleAdsQuery(IReadOnlyList<string> Fields, string Resource)
{
    /// <summary>The selected fields in the names of the answer.</summary>
    public string FieldMask => string.Join(',', Fields.Select(Camel));

    /// <returns>Null when this is no query.</returns>
    public static GoogleAdsQuery? Parse(string text)
    {
        var match = Shape().Match(text.Trim());
        return match.Success
            ? new(match.Groups["fields"].Value.Split(',', StringSplitOptions.TrimEntries), match.Groups["resource"].Value)
            : null;
    }

    /// <summary>What was selected of a row, and the resource's name, which always comes along.</summary>
    public JsonObject Select(JsonObject row)
    {
        var selected = new JsonObject();
        foreach (var path in Fields.Select(f => Camel(f).Split('.', 2)))
        {
            if (row[path[0]] is not JsonObject resource)
                continue;
            if (selected[path[0]] is not JsonObject target)
                selected[path[0]] = target = new JsonObject { ["resourceName"] = resource["resourceName"]?.DeepClone() };
            if (path.Length == 2 && resource[path[1]] is { } value)
                target[path[1]] = value.DeepClone();
        }

        return selected;
    }

    /// <summary>Whether the row has every field that was selected.</summary>
    public bool IsAnsweredBy(JsonObject row) =>
        Fields.All(f => Camel(f).Split('.', 2) is [var resource, var field] && row[resource]?[field] is not null);

    private static string Camel(string field) =>
        string.Join(
            '.', field.Split('.')
                .Select(part =>
                    JsonNamingPolicy.CamelCase.ConvertName(
                        string.Concat(part.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..])))));

    [GeneratedRegex(
        @"^SELECT\s+(?<fields>[a-z_]+\.[a-z_.]+(?:\s*,\s*[a-z_]+\.[a-z_.]+)*)\s+FROM\s+(?<resource>[a-z_]+)(?:\s|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
