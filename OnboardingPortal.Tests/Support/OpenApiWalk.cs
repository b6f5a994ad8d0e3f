using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// Holds answers to an OpenAPI document, more strictly than a schema does: a member that the document does not name is wrong, too.
/// </summary>
internal sealed class OpenApiWalk(JsonNode document)
{
    public JsonNode Document => document;

    /// <summary>Fails unless the document describes the answer. Of an address that it does not know it says nothing.</summary>
    public void Check(string method, string address, int status, string? mediaType, JsonNode? body)
    {
        var path = address.Split('?')[0];
        var described = document["paths"]!.AsObject().FirstOrDefault(p => Matches(p.Key, path)).Value?[method.ToLowerInvariant()];
        if (described is null) return;
        var answer = described["responses"]![status.ToString(CultureInfo.InvariantCulture)];
        Assert.True(answer is not null, $"{method} {path}: the document knows no answer {status}: {body}");
        if (body is null)
        {
            Assert.True(answer["content"] is null, $"{method} {path} {status}: the document knows a body.");
            return;
        }

        var schema = answer["content"]?[mediaType ?? ""]?["schema"];
        Assert.True(schema is not null, $"{method} {path} {status}: the document knows no {mediaType}.");
        var problems = Problems(body, schema, "$").ToList();
        Assert.True(problems.Count == 0, $"{method} {path} {status}: {string.Join("; ", problems)}\n{body}");
    }

    /// <summary>What is wrong with a value.</summary>
    public IEnumerable<string> Problems(JsonNode? value, JsonNode schema, string at)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            var target = reference.TrimStart('#', '/').Split('/').Aggregate<string, JsonNode?>(document, (node, name) => node?[name]);
            return target is null ? [$"{at}: {reference} leads nowhere"] : Problems(value, target, at);
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            return choices.Any(choice => !Problems(value, choice!, at).Any())
                ? []
                : [$"{at}: {value?.ToJsonString() ?? "null"} is none of {choices.ToJsonString()}"];
        }

        if (schema["enum"] is JsonArray allowed)
            return allowed.Any(a => JsonNode.DeepEquals(a, value))
                ? []
                : [$"{at}: {value?.ToJsonString() ?? "null"} is not among {allowed.ToJsonString()}"];
        var types = schema["type"] switch
        {
            JsonArray several => several.Select(t => t!.GetValue<string>()).ToList(),
            { } one => [one.GetValue<string>()],
            null => []
        };
        if (types.Count == 0) return [$"{at}: the schema says nothing"];
        var type = TypeOf(value);
        if (!types.Contains(type) && !(type == "integer" && types.Contains("number")))
            return [$"{at}: {type} instead of {string.Join(" or ", types)}"];
        return value switch
        {
            JsonObject item => ProblemsOfObject(item, schema, at),
            JsonArray items => items.SelectMany((item, i) => Problems(item, schema["items"]!, $"{at}[{i}]")),
            not null when schema["format"]?.GetValue<string>() == "date-time" => IsUtc(value.GetValue<string>())
                ? []
                : [$"{at}: {value} is no time in UTC"],
            _ => [],
        };
    }

    private IEnumerable<string> ProblemsOfObject(JsonObject item, JsonNode schema, string at)
    {
        var (known, more) = (schema["properties"] as JsonObject, schema["additionalProperties"] as JsonObject);
        foreach (var name in schema["required"]?.AsArray().Select(r => r!.GetValue<string>()) ?? [])
        {
            if (!item.ContainsKey(name)) yield return $"{at}: {name} is missing";
        }

        foreach (var (name, value) in item)
        {
            if ((known?[name] ?? more) is { } of)
            {
                foreach (var problem in Problems(value, of, $"{at}.{name}")) yield return problem;
            }
            else
            {
                yield return $"{at}: {name} is not in the document";
            }
        }
    }

    private static bool Matches(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(part => part.First.StartsWith('{') || part.First == part.Second);
    }

    private static bool IsUtc(string text) =>
        text.EndsWith('Z')
            && DateTimeOffset.TryParseExact(
                text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
    };
}
