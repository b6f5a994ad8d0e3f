using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.HubSpot;

/// <summary>The API's error body.</summary>
internal static class HubSpotProblem
{
    public static IResult TokenExpired => Answer(401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired.");

    public static IResult TokenUnknown =>
        Answer(401, "INVALID_AUTHENTICATION", "Authentication credentials not found. This API supports OAuth 2.0 authentication.");

    public static IResult AccountClosed => Answer(403, "FORBIDDEN", "This account is closed.");

    public static IResult NotFound => Answer(404, "OBJECT_NOT_FOUND", "Resource not found");

    public static IResult ServerError => Answer(500, "INTERNAL_ERROR", "internal error");

    /// <summary>The one body that has a shape of its own.</summary>
    public static IResult TooManyCalls => OAuthStandIn.Json(new JsonObject
    {
        ["status"] = "error",
        ["message"] = "You have reached your ten_secondly_rolling limit.",
        ["errorType"] = "RATE_LIMIT",
        ["correlationId"] = NewId(),
        ["policyName"] = "TEN_SECONDLY_ROLLING",
        ["requestId"] = NewId(),
    }, StatusCodes.Status429TooManyRequests);

    public static IResult ScopeMissing(string scope) => Answer(
        403, "MISSING_SCOPES", "This app hasn't been granted all required scopes to make this call.",
        new JsonObject
        {
            ["message"] = "One or more of the following scopes are required.",
            ["context"] = new JsonObject { ["missingScopes"] = new JsonArray(scope) }
        });

    public static IResult Invalid(string message, string parameter) => Answer(
        400, "VALIDATION_ERROR", message, new JsonObject { ["message"] = message, ["code"] = "INVALID", ["in"] = parameter });

    private static IResult Answer(int status, string category, string message, JsonObject? error = null)
    {
        var body = new JsonObject { ["status"] = "error", ["message"] = message, ["correlationId"] = NewId(), ["category"] = category };
        if (error is not null)
            body["errors"] = new JsonArray(error);
        return OAuthStandIn.Json(body, status);
    }

    private static string NewId() => Guid.NewGuid().ToString();
}
