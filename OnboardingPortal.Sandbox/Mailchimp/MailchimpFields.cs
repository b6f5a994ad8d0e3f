using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <summary>The parameter <c>fields</c>: dotted paths such as <c>lists.stats.member_count,total_items</c>.</summary>
internal static class MailchimpFields
{
    public static JsonObject Select(JsonObject body, string fields) =>
        (JsonObject)Keep(body, [.. fields.Split(',', StringSplitOptions.TrimEntries).Select(f => f.Split('.'))], depth: 0);

    private static JsonNode Keep(JsonNode node, IReadOnlyList<string[]> paths, int depth)
    {
        if (paths.Any(p => p.Length == depth))
            return node.DeepClone(); // a path that ends here keeps everything below
        if (node is JsonArray array)
            return new JsonArray([.. array.OfType<JsonNode>().Select(item => Keep(item, paths, depth))]);

        var kept = new JsonObject();
        foreach (var (name, value) in node as JsonObject ?? [])
        {
            var deeper = paths.Where(p => p[depth] == name).ToList();
            if (deeper.Count > 0)
                kept[name] = value is null ? null : Keep(value, deeper, depth + 1);
        }

        return kept;
    }
}
