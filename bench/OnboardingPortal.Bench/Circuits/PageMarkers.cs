using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OnboardingPortal.Bench.Circuits;

/// <summary>What a served page tells its script about the circuit to open.</summary>
/// <param name="Operations">Adds every interactive root of the page: the argument of <c>UpdateRootComponents</c>.</param>
/// <param name="ApplicationState">Protected by the server, passed back unread; empty when the page has none.</param>
internal sealed partial record PageMarkers(string Operations, string ApplicationState)
{
    /// <exception cref="InvalidOperationException">The page has no interactive part.</exception>
    public static PageMarkers Parse(string html)
    {
        var additions = new JsonArray();
        foreach (Match match in Marker.Matches(html))
        {
            var marker = JsonNode.Parse(match.Groups[1].Value)!;
            if ((string?)marker["type"] is "server" or "auto")          // an end marker has no type
            {
                additions.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = additions.Count + 1, ["marker"] = marker });
            }
        }

        return additions.Count > 0
            ? new(new JsonObject { ["batchId"] = 1, ["operations"] = additions }.ToJsonString(), State.Match(html).Groups[1].Value)
            : throw new InvalidOperationException("The page has no interactive part, so it opens no circuit.");
    }

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->", RegexOptions.Singleline)]
    private static partial Regex Marker { get; }

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex State { get; }
}
