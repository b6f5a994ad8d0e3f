using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <summary>The parameters <c>count</c>, <c>offset</c> and <c>fields</c> that everything with several rows has.</summary>
internal sealed record MailchimpPage(int Count, int Offset)
{
    private const int DefaultCount = 10;
    private const int MaxCount = 1000;

    public static MailchimpProblem Problem { get; } =
        MailchimpProblem.Invalid($"count must lie between 0 and {MaxCount}, and offset must not be negative.");

    /// <returns>Null when a parameter is no good.</returns>
    public static MailchimpPage? Read(HttpRequest http) =>
        TryReadNumber(http, "count", DefaultCount, out var count) && count <= MaxCount && TryReadNumber(http, "offset", 0, out var offset)
            ? new(count, offset)
            : null;

    /// <summary>The answer with the rows of a page.</summary>
    public static IResult Of(HttpRequest http, string member, IEnumerable<JsonObject> rows, int total, string? list = null)
    {
        var body = new JsonObject { [member] = new JsonArray([.. rows]) };
        if (list is not null) body["list_id"] = list;
        body["total_items"] = total;
        return Filtered(http, body);
    }

    /// <summary>The answer with the fields that were asked for.</summary>
    public static IResult Filtered(HttpRequest http, JsonObject body) =>
        OAuthStandIn.Json(http.Query["fields"].ToString() is { Length: > 0 } fields ? MailchimpFields.Select(body, fields) : body);

    private static bool TryReadNumber(HttpRequest http, string name, int otherwise, out int number)
    {
        number = otherwise;
        return http.Query[name].ToString() is not { Length: > 0 } text
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
