using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.HubSpot;

/// <summary>One page of something and the cursor to the next: a number nobody is to understand.</summary>
internal sealed record HubSpotCursor(int Limit, int Offset)
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
                Encoding.ASCII.GetString(bytes[..length]).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? new(limit, offset)
            : null;
    }

    /// <summary>The page, with <c>paging</c> unless it is the last.</summary>
    public JsonObject Page(HttpRequest http, IReadOnlyList<JsonObject> all)
    {
        var body = new JsonObject { ["results"] = new JsonArray([.. all.Skip(Offset).Take(Limit)]) };
        if (Offset + Limit < all.Count)
        {
            var after = Uri.EscapeDataString(
                Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Offset + Limit}\n"))));
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
