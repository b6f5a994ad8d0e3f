using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <summary>The REST API's error body, an array.</summary>
internal static class SalesforceProblem
{
    public static IResult SessionInvalid => Answer(401, "INVALID_SESSION_ID", "Session expired or invalid");
    public static IResult LimitExceeded => Answer(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    public static IResult ApiDisabled => Answer(403, "API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner");
    public static IResult AccessDenied => Answer(403, "INSUFFICIENT_ACCESS", "insufficient access rights on cross-reference id");
    public static IResult NotFound => Answer(404, "NOT_FOUND", "The requested resource does not exist");
    public static IResult VersionUnknown => Answer(400, "UNSUPPORTED_API_VERSION", "Unsupported API version");
    public static IResult ServerError =>
        Answer(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred. Please include this ErrorId if you contact support.");

    public static IResult LocatorInvalid => Answer(400, "INVALID_QUERY_LOCATOR", "invalid query locator");

    public static IResult JobInvalid(string message) => Answer(400, "INVALIDJOB", message);

    public static IResult FieldMistyped(string field) =>
        Answer(400, "INVALID_FIELD", $"value of filter criterion for field '{field}' must be of another type");

    public static IResult QueryMalformed(string message) => Answer(400, "MALFORMED_QUERY", message);

    public static IResult FieldInvalid(string field, string entity) => Answer(
        400, "INVALID_FIELD",
        $"No such column '{field}' on entity '{entity}'. If you are attempting to use a custom field, be sure to append the '__c' "
        + $"after the custom field name.");

    private static IResult Answer(int status, string code, string message) =>
        OAuthStandIn.Json(new JsonArray(new JsonObject { ["message"] = message, ["errorCode"] = code }), status);
}
