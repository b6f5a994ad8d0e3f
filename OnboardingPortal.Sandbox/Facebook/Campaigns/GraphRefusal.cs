using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Facebook.Graph;

namespace OnboardingPortal.Sandbox.Facebook.Campaigns;

/// <summary>
/// A refusal of the Marketing API: with words for people, and with the parameters that it blames. Those come as an object, or as a string
/// that holds one: both are seen.
/// </summary>
internal sealed class GraphRefusal(int code, int? subcode, string title, string message, params string[] blamed) : IResult
{
    public int? Subcode => subcode;

    public static GraphRefusal Unknown(string parameter) =>
        new(100, null, "Invalid parameter", $"Unrecognized parameter: {parameter}.", parameter);

    public static GraphRefusal Invalid(string parameter) =>
        new(100, null, "Invalid parameter", $"The value of {parameter} is not one of those there are.", parameter);

    public static GraphRefusal Missing(string parameter) =>
        new(100, 1885204, "A required field is missing", $"{parameter} is missing.", parameter);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var error = new JsonObject
        {
            ["message"] = code == 100 ? "Invalid parameter" : $"(#{code}) {title}",
            ["type"] = "OAuthException",
            ["code"] = code,
            ["is_transient"] = false,
            ["error_user_title"] = title,
            ["error_user_msg"] = message,
            ["fbtrace_id"] = SandboxTokens.RandomText(8),
        };
        if (subcode is not null)
            error["error_subcode"] = subcode;
        if (blamed.Length > 0)
        {
            var path = new JsonArray([.. blamed.Select(b => JsonValue.Create(b))]);
            var data = new JsonObject { ["blame_field_specs"] = new JsonArray(path) };
            error["error_data"] = subcode % 2 == 0 ? data.ToJsonString() : data;
        }

        return GraphAnswer.Json(new JsonObject { ["error"] = error }, StatusCodes.Status400BadRequest).ExecuteAsync(httpContext);
    }
}

/// <summary>The answer to something that was done and never heard of: the connection is cut.</summary>
internal sealed class LostAnswer : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Abort();
        return Task.CompletedTask;
    }
}
