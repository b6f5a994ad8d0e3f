using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>A page of an edge and its <c>paging</c> member, which an empty edge does not have.</summary>
internal sealed record GraphPage(IReadOnlyList<GraphNode> Nodes, JsonObject? Paging)
{
    private const int DefaultLimit = 25;
    private const int MaxLimit = 100;

    /// <summary>Null when a parameter makes no sense.</summary>
    public static GraphPage? Take(GraphCall call, IReadOnlyList<GraphNode> all)
    {
        var limit = DefaultLimit;
        if (call.Parameter("limit") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1))
            return null;
        limit = Math.Min(limit, MaxLimit);

        var start = 0;
        if (call.Parameter("after") is { } after)
        {
            if (IndexOf(all, after) is not { } index)
                return null;
            start = index + 1;
        }
        else if (call.Parameter("before") is { } before)
        {
            if (IndexOf(all, before) is not { } index)
                return null;
            start = Math.Max(0, index - limit);
            limit = index - start;
        }

        var nodes = all.Skip(start).Take(limit).ToList();
        if (nodes.Count == 0)
            return new([], null);

        var first = Cursor(nodes[0]);
        var last = Cursor(nodes[^1]);
        var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = first, ["after"] = last } };
        if (start + nodes.Count < all.Count)
            paging["next"] = Address(call, limit, "after", last);
        if (start > 0)
            paging["previous"] = Address(call, limit, "before", first);
        return new(nodes, paging);
    }

    private static string Cursor(GraphNode node) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"AQH{node.Id}"));

    private static int? IndexOf(IReadOnlyList<GraphNode> all, string cursor)
    {
        foreach (var (index, node) in all.Index())
        {
            if (Cursor(node) == cursor)
                return index;
        }

        return null;
    }

    // As at the real one the address carries the access token, which is a reason not to follow it.
    private static string Address(GraphCall call, int limit, string direction, string cursor)
    {
        var request = call.Http.Request;
        var query = request.Query.Where(
            q => q.Key is not ("limit" or "after" or "before" or "access_token" or "appsecret_proof" or "appsecret_time"))
            .Select(q => KeyValuePair.Create(q.Key, (string?)q.Value))
            .Append(new("access_token", call.Token.Value))
            .Append(new("limit", limit.ToString(CultureInfo.InvariantCulture)))
            .Append(new(direction, cursor));
        return QueryHelpers.AddQueryString($"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}", query);
    }
}
