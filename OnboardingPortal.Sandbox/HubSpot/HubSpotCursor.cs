using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.HubSpot;

/// <summary>One page of something and the cursor to the next: the number of its last row, which nobody is to understand.</summary>
internal sealed record HubSpotCursor(int Limit, int After)
{
    /// <returns>Null when a parameter is no good.</returns>
    public static HubSpotCursor? Read(HttpRequest http, int limit, int max)
    {
        if (http.Query["limit"].ToString() is { Length: > 0 } text
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit > 0 && limit <= max))
            return null;
        if (http.Query["after"].ToString() is not { Length: > 0 } after)
            return new(limit, 0);

        Span<byte> bytes = stackalloc byte[16]; // it comes as the answer had it: escaped, or escaped once more
        return Convert.TryFromBase64String(Uri.UnescapeDataString(after), bytes, out var length)
            && int.TryParse(
                Encoding.ASCII.GetString(bytes[..length]).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(limit, number)
            : null;
    }

    /// <summary>The page, with <c>paging</c> unless it is the last.</summary>
    /// <param name="http">The call.</param>
    /// <param name="rows">The rows behind the cursor with their numbers, ascending.</param>
    public JsonObject Page(HttpRequest http, IEnumerable<(int Number, JsonObject Row)> rows)
    {
        var page = rows.Take(Limit + 1).ToList();
        var body = new JsonObject { ["results"] = new JsonArray([.. page.Take(Limit).Select(r => r.Row)]) };
        if (page.Count > Limit)
        {
            var after = Uri.EscapeDataString(
                Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{page[^2].Number}\n"))));
            body["paging"] = new JsonObject
            {
                ["next"] = new JsonObject
                {
                    ["after"] = after,
                    ["link"] = $"{http.Scheme}://{http.Host}{http.PathBase}{http.Path}?after={after}"
                },
            };
        }

        return body;
    }
}
