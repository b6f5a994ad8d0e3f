using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Sandbox.OAuth;

/// <summary>What the portal sent the browser to a stand-in platform with.</summary>
public sealed record AuthorizeRequest(string RedirectUri, string? State, IReadOnlyList<string> Scopes)
{
    /// <summary>Whether to ask again for what was declined before (Facebook).</summary>
    public bool AsksAgain { get; init; }

    /// <summary>Whether a refresh token is asked for, and the consent page with it (Google).</summary>
    public bool AsksForOffline { get; init; }

    /// <summary>The S256 challenge of PKCE; null when none was sent.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>Reads and checks the query of an authorization page.</summary>
    /// <returns>The request, or words for the error page: such a request must not be sent back anywhere.</returns>
    public static (AuthorizeRequest? Request, string? Problem) Read(HttpRequest http, string clientId, bool needsResponseType = true)
    {
        var query = http.Query;
        string? redirectUri = query["redirect_uri"];
        if (query["client_id"] != clientId)
            return (null, "This app is not known here: client_id is not the sandbox's.");
        if (query["response_type"] is var type && type != "code" && (needsResponseType || type.Count > 0))
            return (null, "response_type must be code.");
        if (redirectUri is null || !IsOurs(http, redirectUri))
            return (null, "This address may not be returned to: redirect_uri must lie under /connect/ of this very portal.");
        string? challenge = query["code_challenge"];
        if (challenge is not null && query["code_challenge_method"] != "S256")
            return (null, "code_challenge_method must be S256.");

        var scopes = $"{query["scope"]} {query["optional_scope"]}"
            .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (new AuthorizeRequest(redirectUri, query["state"], [.. scopes.Distinct()])
        {
            AsksAgain = query["auth_type"] == "rerequest",
            AsksForOffline = query["access_type"] == "offline" && query["prompt"].ToString().Split(' ').Contains("consent"),
            CodeChallenge = challenge,
        }, null);
    }

    public static IResult ReturnCode(string redirectUri, string? state, string code) =>
        Return(redirectUri, [new("code", code), new("state", state)]);

    public static IResult Return(string redirectUri, IEnumerable<KeyValuePair<string, string?>> answer) =>
        Results.Redirect(Address(redirectUri, answer));

    /// <summary>Sends the browser back with a refusal.</summary>
    public IResult ReturnError(string error, string? description = null) => Results.Redirect(ErrorAddress(error, description));

    /// <summary>Where <see cref="ReturnError"/> sends the browser.</summary>
    public string ErrorAddress(string error, string? description = null) =>
        Address(RedirectUri, [new("error", error), new("error_description", description), new("state", State)]);

    private static string Address(string redirectUri, IEnumerable<KeyValuePair<string, string?>> answer) =>
        QueryHelpers.AddQueryString(redirectUri, answer.Where(a => a.Value is not null));

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
