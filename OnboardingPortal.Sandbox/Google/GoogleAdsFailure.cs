using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>What the Google Ads API adds to Google's error body.</summary>
internal static class GoogleAdsFailure
{
    public static IResult DeveloperTokenMissing =>
        Unauthenticated("DEVELOPER_TOKEN_PARAMETER_MISSING", "Developer token parameter was missing.");
    public static IResult DeveloperTokenInvalid => Unauthenticated("DEVELOPER_TOKEN_INVALID", "The developer token is not valid.");
    public static IResult NotAdsUser =>
        Unauthenticated(
            "NOT_ADS_USER", "The Google account that generated the OAuth access token is not associated with a Google Ads account.");

    public static IResult NotEnabled =>
        Denied("CUSTOMER_NOT_ENABLED", "The customer account can't be accessed because it is not yet enabled or has been deactivated.");
    public static IResult UserDenied => Denied("USER_PERMISSION_DENIED", "User doesn't have permission to access customer.");

    public static IResult Exhausted => Answer(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", new JsonObject
    {
        ["errorCode"] = new JsonObject { ["quotaError"] = "RESOURCE_EXHAUSTED" },
        ["message"] = "Too many requests. Retry in 30 seconds.",
        ["details"] = new JsonObject { ["quotaErrorDetails"] = new JsonObject { ["rateScope"] = "ACCOUNT", ["retryDelay"] = "30s" } },
    });

    public static IResult TokenInvalid =>
        Answer(
            400, "INVALID_ARGUMENT", "Request contains an invalid argument.",
            Error("requestError", "INVALID_PAGE_TOKEN", "Page token is invalid."));

    public static IResult QueryInvalid(string code, string message) =>
        Answer(400, "INVALID_ARGUMENT", "Request contains an invalid argument.", Error("queryError", code, message));

    private static IResult Unauthenticated(string code, string message) =>
        Answer(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", Error("authenticationError", code, message));

    private static IResult Denied(string code, string message) =>
        Answer(403, "PERMISSION_DENIED", "The caller does not have permission", Error("authorizationError", code, message));

    private static JsonObject Error(string kind, string code, string message) => new()
    {
        ["errorCode"] = new JsonObject { [kind] = code },
        ["message"] = message,
    };

    private static IResult Answer(
        int status, string name, string message, JsonObject error) => GoogleError.Answer(status, name, message, new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure",
            ["errors"] = new JsonArray(error),
            ["requestId"] = SandboxTokens.RandomText(16),
        });
}
