using System.Text.Json;
using OnboardingPortal.Tests.Architecture;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// Facebook's own specification, as far as the portal calls it: <see cref="StubHttp"/> holds every call to Graph against it.
/// </summary>
public static class GraphSpec
{
    /// <summary>What any call may carry.</summary>
    private static readonly string[] Common = ["fields", "limit", "after", "appsecret_proof", "appsecret_time", "method"];

    /// <summary>Fields that edges add and only Facebook's reference pages name.</summary>
    private static readonly string[] OfEdges =
        ["permitted_tasks", "access_status", "access_requested_time", "access_updated_time", "tasks", "adaccount_permissions",
            "page_permissions"];

    private static readonly string[] OfAudiences = ["AdAccount", "CustomAudience"];

    private static readonly JsonElement Spec = JsonDocument.Parse(Repository.Specification("facebook.json")).RootElement;

    /// <summary>What is wrong with a call; null when the specification knows it.</summary>
    public static string? ProblemOf(StubCall call)
    {
        var path = call.Address[GraphStub.Address.Length..].Split('/');
        if (path is ["debug_token"] or ["oauth", "access_token"]) return null; // signing in is not part of the specification
        var problems = NodesOf(path[0])
            .Select(node => path.Length == 1 && call.Method == HttpMethod.Get
                ? ProblemOfFields(call, node)
                : ProblemOfEdge(call, node, path.Length == 1 ? "" : path[1]))
            .ToList();
        return problems.Contains(null)
            ? null
            : string.Join(' ', problems.Prepend($"{call.Method} {call.Address} is not as specified, see Specs/facebook.json."));
    }

    /// <summary>The parameters of a call about audiences.</summary>
    public static IEnumerable<string> ParametersOf(string method, string edge) =>
        from node in OfAudiences
        from call in Spec.GetProperty("nodes").GetProperty(node).GetProperty("calls").EnumerateArray()
        where call.GetProperty("method").GetString() == method && call.GetProperty("edge").GetString() == edge
        from parameter in call.GetProperty("params").EnumerateObject()
        select parameter.Name;

    private static string[] NodesOf(string id) => id == "me"
        ? ["User"]
        : id.StartsWith("act_", StringComparison.Ordinal) ? ["AdAccount"] : ["Business", "Page", "CustomAudience", "Campaign", "AdSet"];

    private static string? ProblemOfEdge(StubCall call, string node, string edge)
    {
        var sent = call.Query.Concat(call.Form).Where(p => !Common.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value);
        if (IsOfTheGuideAlone(call, node, edge, sent)) return null;
        var method = call.Form.GetValueOrDefault("method") ?? call.Method.Method; // a POST may stand for a DELETE
        var spec = Spec.GetProperty("nodes").GetProperty(node).GetProperty("calls").EnumerateArray()
            .FirstOrDefault(c => c.GetProperty("method").GetString() == method && c.GetProperty("edge").GetString() == edge);
        if (spec.ValueKind == JsonValueKind.Undefined) return $"{node} has no such edge.";
        foreach (var (name, value) in sent)
        {
            if (!spec.GetProperty("params").TryGetProperty(name, out var type)) return $"{node} takes no {name}.";
            if (ProblemOfValue(type.GetString()!, value) is { } problem) return $"{name}: {problem}";
        }

        var missing = spec.GetProperty("required").EnumerateArray().Select(p => p.GetString()!).FirstOrDefault(p => !sent.ContainsKey(p));
        return missing is null ? ProblemOfFields(call, spec.GetProperty("returns").GetString()!) : $"{missing} is missing.";
    }

    /// <summary>What Facebook's guides send and its specification does not list: see the calls' own comments.</summary>
    private static bool IsOfTheGuideAlone(StubCall call, string node, string edge, Dictionary<string, string> sent)
    {
        if (call.Method == HttpMethod.Post && (node, edge) == ("Business", "client_ad_accounts"))
            return sent.Keys.Order().SequenceEqual(["adaccount_id", "permitted_tasks"]);
        if (call.Method == HttpMethod.Post && edge == "assigned_users") sent.Remove("business");
        if (call.Method == HttpMethod.Get && (node, edge) == ("AdAccount", "campaigns")) sent.Remove("filtering");
        return false;
    }

    private static string? ProblemOfValue(string type, string value)
    {
        const string list = "list<";
        var isList = type.StartsWith(list, StringComparison.Ordinal);
        if (!Spec.GetProperty("enums").TryGetProperty(isList ? type[list.Length..^1] : type, out var values)) return null;
        var known = values.EnumerateArray().Select(v => v.GetString()!).ToHashSet();
        var given = isList ? JsonSerializer.Deserialize<string[]>(value)! : [value];
        return given.FirstOrDefault(g => !known.Contains(g)) is { } stranger ? $"there is no {stranger}." : null;
    }

    private static string? ProblemOfFields(StubCall call, string node) => call.Query.TryGetValue("fields", out var fields)
        ? ProblemOfFields(fields, node)
        : null;

    private static string? ProblemOfFields(string fields, string node)
    {
        if (!Spec.GetProperty("nodes").TryGetProperty(node, out _)) return $"{node} has no fields.";
        foreach (var field in Split(fields))
        {
            var name = field.Split('{')[0];
            if (OfEdges.Contains(name)) continue;
            if (!Spec.GetProperty("nodes").GetProperty(node).GetProperty("fields").TryGetProperty(name, out var type))
                return $"{node} has no {name}.";
            var inner = type.GetString() is "Object" ? "Business" : type.GetString()!; // a Page's owner is typed as any object
            if (name.Length < field.Length && ProblemOfFields(field[(name.Length + 1)..^1], inner) is { } problem) return problem;
        }

        return null;
    }

    /// <summary>Splits at the commas that stand outside of braces.</summary>
    private static IEnumerable<string> Split(string fields)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < fields.Length; i++)
        {
            depth += fields[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (fields[i] != ',' || depth > 0) continue;
            yield return fields[start..i];
            start = i + 1;
        }

        yield return fields[start..];
    }
}
