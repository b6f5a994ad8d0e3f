using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>Something that Graph can tell about. A member that is null exists but has no value: it is left out of answers.</summary>
/// <remarks><c>Type</c>: The node's type in error messages, for example <c>AdAccount</c>.</remarks>
internal sealed record GraphNode(string Type, JsonObject Members)
{
    public string Id => (string)Members["id"]!;
}

/// <summary>The parameter <c>fields</c>: <c>id,name,business{id,name}</c>.</summary>
internal static class GraphFields
{
    /// <summary>Null when the braces do not match or a name is missing.</summary>
    public static IReadOnlyList<GraphField>? Parse(string text)
    {
        var rest = text.AsSpan();
        return ReadList(ref rest) is { } fields && rest.IsEmpty ? fields : null;
    }

    /// <summary>The members asked for, always with the id; null and an error when the node has no such member.</summary>
    public static JsonObject? Select(GraphNode node, IReadOnlyList<GraphField> fields, out GraphError? unknown)
    {
        unknown = fields.FirstOrDefault(f => !node.Members.ContainsKey(f.Name)) is { } missing
            ? new GraphError(400, 100, $"(#100) Tried accessing nonexisting field ({missing.Name}) on node type ({node.Type})")
            : null;
        return unknown is null ? Select(node.Members, fields) : null;
    }

    private static JsonObject Select(JsonObject members, IReadOnlyList<GraphField> fields)
    {
        var chosen = new JsonObject();
        foreach (var field in fields)
        {
            if (members[field.Name] is { } value)
                chosen[field.Name] = value is JsonObject inner && field.Inner is not null ? Select(inner, field.Inner) : value.DeepClone();
        }

        if (members["id"] is { } id)
            chosen["id"] = id.DeepClone();
        return chosen;
    }

    private static List<GraphField>? ReadList(ref ReadOnlySpan<char> rest)
    {
        var fields = new List<GraphField>();
        while (true)
        {
            var end = rest.IndexOfAny(",{}");
            var name = (end < 0 ? rest : rest[..end]).Trim().ToString();
            rest = end < 0 ? [] : rest[end..];
            if (name.Length == 0)
                return null;

            IReadOnlyList<GraphField>? inner = null;
            if (rest is ['{', ..])
            {
                rest = rest[1..];
                inner = ReadList(ref rest);
                if (inner is null || rest is not ['}', ..])
                    return null;
                rest = rest[1..];
            }

            fields.Add(new(name, inner));
            if (rest is not [',', ..])
                return fields;
            rest = rest[1..];
        }
    }
}

internal sealed record GraphField(string Name, IReadOnlyList<GraphField>? Inner);
