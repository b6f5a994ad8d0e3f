using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.ActiveCampaign;

/// <summary>The API's errors, which have no uniform shape.</summary>
internal static class ActiveCampaignProblem
{
    public static IResult KeyRefused => Message(403, "You are not authorized to access this API.");

    public static IResult Message(int status, string message) => OAuthStandIn.Json(new JsonObject { ["message"] = message }, status);

    public static IResult Errors(int status, string title, string detail) => OAuthStandIn.Json(
        new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["status"] = status, ["title"] = title, ["detail"] = detail }) },
        status);

    /// <remarks><c>seconds</c>: When to come back.</remarks>
    public static IResult TooManyCalls(HttpRequest http, int seconds)
    {
        var headers = http.HttpContext.Response.Headers;
        headers["RateLimit-Remaining"] = "0";
        headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Message(429, "Too many requests.");
    }
}
