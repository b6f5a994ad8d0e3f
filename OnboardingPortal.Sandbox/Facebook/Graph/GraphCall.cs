using System.Globalization;
using System.Text.Json;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>A call that came with a good token and a good proof.</summary>
/// <remarks><c>PageId</c>: The Page whose token this is; null for a user's token.</remarks>
internal sealed record GraphCall(
    HttpContext Http, FacebookPerson Person, SandboxToken Token, string? PageId, IReadOnlyDictionary<string, string> Parameters)
{
    public string Version => Route("version");

    public string Route(string name) => Convert.ToString(Http.Request.RouteValues[name], CultureInfo.InvariantCulture) ?? "";

    /// <summary>Whether it is a DELETE, or a POST that says it stands for one.</summary>
    public bool IsDelete =>
        Http.Request.Method == "DELETE" || string.Equals(Parameter("method"), "DELETE", StringComparison.OrdinalIgnoreCase);

    public string? Parameter(string name) => Parameters.GetValueOrDefault(name);

    /// <summary>A list sent as one JSON value, for example <c>["ADVERTISE","ANALYZE"]</c>; null when it is no such list.</summary>
    public IReadOnlyList<string>? ListParameter(string name)
    {
        if (Parameter(name) is not { } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize<List<string>>(text);
        }
        catch (JsonException)
        {
            return null; // the caller's mistake, answered as error 100
        }
    }

    /// <summary>Query and form together, as Graph reads them.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadParametersAsync(HttpRequest request)
    {
        var parameters = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync(request.HttpContext.RequestAborted))
                parameters[name] = value.ToString();
        }

        return parameters;
    }
}
