using System.Globalization;
using System.Net;
using System.Text.Json;

namespace OnboardingPortal.Tests.Support;

/// <summary>Records Graph's answers in their documented shapes.</summary>
public sealed class GraphStub(StubHttp http)
{
    public const string Address = "https://graph.facebook.com/v25.0/";

    private static readonly string[] AllGranted =
        ["public_profile", "email", "business_management", "ads_management", "pages_show_list", "pages_read_engagement",
            "pages_manage_metadata"];

    public IReadOnlyList<StubCall> CallsOf(string path) => http.CallsOf(Address + path);

    public void Get(string path, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        http.On(HttpMethod.Get, Address + path, body, status);

    public void Get(string path, Func<StubCall, StubAnswer> answer) => http.On(HttpMethod.Get, Address + path, answer);

    public void Post(string path, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        http.On(HttpMethod.Post, Address + path, body, status);

    public void Post(string path, Func<StubCall, Task<StubAnswer>> answer) => http.On(HttpMethod.Post, Address + path, answer);

    public void Delete(string path, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        http.On(HttpMethod.Delete, Address + path, body, status);

    /// <summary>An error body.</summary>
    public static string Error(int code, int? subcode = null, string? userMessage = null) => JsonSerializer.Serialize(new
    {
        error = new
        {
            message = $"(#{code.ToString(CultureInfo.InvariantCulture)}) For developers only",
            type = "OAuthException",
            code,
            error_subcode = subcode,
            error_user_msg = userMessage,
            fbtrace_id = "EJplcsCHuLu",
        },
    });

    /// <summary>A list of one page.</summary>
    public static string List(IEnumerable<object> rows) => JsonSerializer.Serialize(new { data = rows });

    /// <summary>The four calls after the code: token, check, person, permissions.</summary>
    public void SignsIn(
        string token = "client-token", string id = "10215000000000001", string name = "A page admin", params string[] declined)
    {
        Get("oauth/access_token", $$"""{"access_token":"{{token}}","token_type":"bearer","expires_in":5183944}""");
        Get("debug_token",
            $$$"""{"data":{"app_id":"{{{TestPortal.FacebookAppId}}}","type":"USER","is_valid":true,"user_id":"{{{id}}}","expires_at":1777000000,"scopes":[]}}""");
        Get("me", JsonSerializer.Serialize(new { id, name, email = "office@bluebakery.example" }));
        Get("me/permissions", List(AllGranted.Select(p => new { permission = p, status = declined.Contains(p) ? "declined" : "granted" })));
    }

    /// <summary>What the agency's business sees as its clients' assets.</summary>
    public void AgencySees(params string[] ids)
    {
        Get($"{RequestBuilder.Business.ExternalId}/client_ad_accounts",
            List(ids.Where(i => i.StartsWith("act_", StringComparison.Ordinal)).Select(id => new { id })));
        Get($"{RequestBuilder.Business.ExternalId}/client_pages",
            List(ids.Where(i => !i.StartsWith("act_", StringComparison.Ordinal)).Select(id => new { id })));
    }

    /// <summary>What the agency's business sees, with what it may do there.</summary>
    public void AgencyMay(string id, params string[] tasks)
    {
        var list = List([new { id, permitted_tasks = tasks }]);
        var isPage = !id.StartsWith("act_", StringComparison.Ordinal);
        Get($"{RequestBuilder.Business.ExternalId}/client_ad_accounts", isPage ? List([]) : list);
        Get($"{RequestBuilder.Business.ExternalId}/client_pages", isPage ? list : List([]));
    }

    /// <summary>
    /// The agency may not ask for assets: Facebook does not know the call for ad accounts, and refuses the one for Pages.
    /// </summary>
    public void RefusesRequests()
    {
        Post($"{RequestBuilder.Business.ExternalId}/client_ad_accounts", Error(100, 33), HttpStatusCode.BadRequest);
        Post($"{RequestBuilder.Business.ExternalId}/client_pages", Error(3), HttpStatusCode.BadRequest);
    }

    /// <summary>Assigning the agency's user to an asset works, and Facebook then lists them with these tasks.</summary>
    public void Assigns(string asset, params string[] tasks)
    {
        Post($"{asset}/assigned_users", """{"success":true}""");
        Get($"{asset}/assigned_users", List([new { id = RequestBuilder.Business.UserId, tasks }]));
    }

    /// <summary>The Pages that the client manages, each with its own token.</summary>
    public void ManagesPages(params string[] ids) =>
        Get("me/accounts", List(ids.Select(id => new { id, access_token = $"page-token-{id}" })));
}
