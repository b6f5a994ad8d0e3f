using System.Text;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>Graph's good answers.</summary>
internal static class GraphAnswer
{
    public static IResult Success => Json(new JsonObject { ["success"] = true });

    public static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToJsonString(), "application/json", Encoding.UTF8, status);

    /// <summary>A short list that Graph does not page.</summary>
    public static IResult List(IEnumerable<JsonObject> items) => Json(new JsonObject { ["data"] = new JsonArray([.. items]) });

    /// <summary>A node with the fields that were asked for.</summary>
    public static IResult Node(GraphCall call, GraphNode node, string defaultFields)
    {
        var fields = GraphFields.Parse(call.Parameter("fields") ?? defaultFields);
        return fields is null
            ? GraphError.InvalidParameter("fields")
            : GraphFields.Select(node, fields, out var unknown) is { } body ? Json(body) : unknown!;
    }

    /// <summary>One page of an edge: <c>limit</c>, <c>after</c> and <c>before</c> as Graph has them.</summary>
    public static IResult Page(GraphCall call, IEnumerable<GraphNode> nodes, string defaultFields)
    {
        var fields = GraphFields.Parse(call.Parameter("fields") ?? defaultFields);
        if (fields is null)
            return GraphError.InvalidParameter("fields");
        if (GraphPage.Take(call, [.. nodes]) is not { } page)
            return GraphError.InvalidParameter("limit, after or before");

        var data = new JsonArray();
        foreach (var node in page.Nodes)
        {
            if (GraphFields.Select(node, fields, out var unknown) is not { } item)
                return unknown!;
            data.Add(item);
        }

        var body = new JsonObject { ["data"] = data };
        if (page.Paging is not null)
            body["paging"] = page.Paging;
        return Json(body);
    }
}
