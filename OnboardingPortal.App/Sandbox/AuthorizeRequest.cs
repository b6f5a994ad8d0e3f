using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.App.Sandbox;

/// <summary>What the portal sent the browser to a stand-in platform with.</summary>
public sealed record AuthorizeRequest(string RedirectUri, string? State, IReadOnlyList<string> Scopes, bool AsksAgain)
{
    /// <summary>Reads and checks the query of an authorization page.</summary>
    /// <returns>The request, or words for the error page: such a request must not be sent back anywhere.</returns>
    public static (AuthorizeRequest? Request, string? Problem) Read(HttpRequest http, string clientId)
    {
        var query = http.Query;
        string? redirectUri = query["redirect_uri"];
        if (query["client_id"] != clientId)
            return (null, "This app is not known here: client_id is not the sandbox's.");
        if (query["response_type"] != "code")
            return (null, "response_type must be code.");
        if (redirectUri is null || !IsOurs(http, redirectUri))
            return (null, "This address may not be returned to: redirect_uri must lie under /connect/ of this very portal.");

        var scopes = query["scope"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (new AuthorizeRequest(redirectUri, query["state"], scopes, query["auth_type"] == "rerequest"), null);
    }

    public static IResult ReturnCode(string redirectUri, string? state, string code) =>
        Return(redirectUri, [new("code", code), new("state", state)]);

    public static IResult Return(string redirectUri, IEnumerable<KeyValuePair<string, string?>> answer) =>
        Results.Redirect(QueryHelpers.AddQueryString(redirectUri, answer.Where(a => a.Value is not null)));

    private static bool IsOurs(HttpRequest http, string redirectUri)
    {
        if (!Uri.IsWellFormedUriString(redirectUri, UriKind.Absolute))
            return false;
        var target = new Uri(redirectUri);
        var options = http.HttpContext.RequestServices.GetRequiredService<IOptions<SandboxOptions>>().Value;
        var origins = new[] { $"{http.Scheme}://{http.Host}", options.PublicUrl };
        return target.AbsolutePath.StartsWith("/connect/", StringComparison.Ordinal)
            && target.Fragment.Length == 0
            && target.UserInfo.Length == 0
            && origins.Any(o => Uri.TryCreate(o, UriKind.Absolute, out var origin) && IsSameOrigin(origin, target));
    }

    private static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
