using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>The error body of all Google APIs.</summary>
internal static class GoogleError
{
    public static IResult Unauthenticated => Answer(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
    public static IResult PermissionDenied => Answer(403, "PERMISSION_DENIED", "The caller does not have permission");
    public static IResult NotFound => Answer(404, "NOT_FOUND", "Requested entity was not found.");
    public static IResult Exhausted =>
        Answer(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'.");
    public static IResult Internal => Answer(500, "INTERNAL", "Internal error encountered.");

    public static IResult ScopeMissing => Answer(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.");

    public static IResult Invalid(string message) => Answer(400, "INVALID_ARGUMENT", message);

    public static IResult Answer(int code, string status, string message, JsonObject? detail = null) => OAuthStandIn.Json(
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = message,
                ["status"] = status,
                ["details"] = detail is null ? [] : new JsonArray(detail),
            },
        },
        code);
}
