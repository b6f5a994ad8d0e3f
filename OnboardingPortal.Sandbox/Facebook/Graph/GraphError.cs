using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>Graph's error body. The status says little there; callers branch on the code.</summary>
internal sealed class GraphError(int status, int code, string message, int? subcode = null, string type = "OAuthException") : IResult
{
    public static GraphError SignatureWrong { get; } =
        new(400, 104, "Invalid appsecret_proof provided in the API argument");

    public static GraphError TokenUnknown { get; } = new(400, 190, "Invalid OAuth access token - Cannot parse access token");

    public static GraphError TokenExpired { get; } =
        new(400, 190, "Error validating access token: Session has expired.", subcode: 463);

    public static GraphError AppRemoved { get; } =
        new(400, 190, "Error validating access token: The user has not authorized application.", subcode: 458);

    public static GraphError PageTokenNeeded { get; } =
        new(400, 210, "(#210) A page access token is required to request this resource.");

    public static GraphError CapabilityMissing { get; } =
        new(400, 3, "(#3) Application does not have the capability to make this API call.");

    public static GraphError NotPermitted { get; } = new(403, 200, "(#200) Permissions error");

    public static GraphError AccountWithoutBusiness { get; } =
        new(403, 200, "(#200) The ad account is not linked to a business.", subcode: 1870050);

    public static GraphError Temporary { get; } =
        new(500, 2, "An unexpected error has occurred. Please retry your request later.");

    public static GraphError TooManyCalls { get; } = new(400, 4, "(#4) Application request limit reached");

    /// <summary>What people are shown, where Facebook has words for them.</summary>
    public string? UserTitle { get; init; }

    /// <inheritdoc cref="UserTitle" />
    public string? UserMessage { get; init; }

    public static GraphError PermissionMissing(string permission) =>
        new(403, 200, $"(#200) Requires {permission} permission to manage the object.");

    public static GraphError ObjectMissing(string verb, string id) => new(
        400, 100,
        $"Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not "
        + $"support this operation.",
        subcode: 33, type: "GraphMethodException");

    public static GraphError InvalidParameter(string name) => new(400, 100, $"(#100) Invalid parameter: {name}");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var error = new JsonObject { ["message"] = message, ["type"] = type, ["code"] = code };
        if (subcode is not null)
            error["error_subcode"] = subcode;
        if (UserTitle is not null)
            error["error_user_title"] = UserTitle;
        if (UserMessage is not null)
            error["error_user_msg"] = UserMessage;
        if (code is 2 or 4)
            error["is_transient"] = true;
        error["fbtrace_id"] = SandboxTokens.RandomText(8);
        return GraphAnswer.Json(new JsonObject { ["error"] = error }, status).ExecuteAsync(httpContext);
    }
}
