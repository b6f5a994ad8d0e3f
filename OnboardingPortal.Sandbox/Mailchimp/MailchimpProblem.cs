using System.Text;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <summary>Mailchimp's error body, <c>application/problem+json</c>.</summary>
internal sealed class MailchimpProblem(int status, string title, string detail) : IResult
{
    public static MailchimpProblem TokenInvalid { get; } =
        new(401, "API Key Invalid", "Your API key may be invalid, or you've attempted to access the wrong datacenter.");

    public static MailchimpProblem AccountClosed { get; } = new(403, "User Disabled", "This account has been disabled.");

    public static MailchimpProblem WrongDataCentre { get; } =
        new(403, "Wrong Datacenter", "The API key provided is linked to a different datacenter.");

    public static MailchimpProblem NotFound { get; } = new(404, "Resource Not Found", "The requested resource could not be found.");

    public static MailchimpProblem TooManyCalls { get; } =
        new(429, "Too Many Requests", "You have exceeded the limit of 10 simultaneous connections.");

    public static MailchimpProblem ServerError { get; } =
        new(500, "Internal Server Error", "An unexpected internal error has occurred. Please contact Support for more information.");

    public static MailchimpProblem Invalid(string detail) => new(400, "Invalid Resource", detail);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new JsonObject
        {
            ["type"] = "https://mailchimp.com/developer/marketing/docs/errors/",
            ["title"] = title,
            ["status"] = status,
            ["detail"] = detail,
            ["instance"] = Guid.NewGuid().ToString(),
        };
        return Results.Text(body.ToJsonString(), "application/problem+json", Encoding.UTF8, status).ExecuteAsync(httpContext);
    }
}
