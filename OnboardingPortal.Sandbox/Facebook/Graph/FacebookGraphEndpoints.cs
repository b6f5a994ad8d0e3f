using OnboardingPortal.Sandbox.Facebook.Campaigns;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>The addresses of the Graph stand-in.</summary>
internal static class FacebookGraphEndpoints
{
    public static void MapFacebookGraph(this IEndpointRouteBuilder sandbox)
    {
        var services = sandbox.ServiceProvider;
        var tokens = services.GetRequiredService<GraphTokens>();
        var reads = services.GetRequiredService<GraphReads>();
        var shares = services.GetRequiredService<GraphShares>();
        var assignments = services.GetRequiredService<GraphAssignments>();
        var audiences = services.GetRequiredService<GraphAudiences>();
        var people = services.GetRequiredService<GraphAudiencePeople>();

        var graph = sandbox.MapGroup("/facebook/graph/{version:regex(^v\\d+\\.\\d+$)}");
        graph.AddEndpointFilter(AddHeadersAsync);

        graph.MapGet("oauth/access_token", (Delegate)tokens.ExchangeAsync);
        graph.MapGet("debug_token", (Delegate)tokens.DebugAsync);

        graph.Map("GET", "me", reads.Me);
        graph.Map("GET", "{user}/permissions", reads.Permissions);
        graph.Map("DELETE", "{user}/permissions", reads.RemovePermissions);
        graph.Map("GET", "me/businesses", reads.Businesses);
        graph.Map("GET", "me/business_users", reads.BusinessUsers);
        graph.Map("GET", "me/adaccounts", reads.AdAccounts);
        graph.Map("GET", "me/accounts", reads.Accounts);
        graph.Map("GET", "{business}/owned_ad_accounts", reads.OwnedAdAccounts);
        graph.Map("GET", "{business}/owned_pages", reads.OwnedPages);
        graph.Map("GET", "{business}/client_ad_accounts", reads.ClientAdAccounts);
        graph.Map("GET", "{business}/client_pages", reads.ClientPages);
        graph.Map("GET", "{business}/pending_client_ad_accounts", reads.PendingClientAdAccounts);
        graph.Map("GET", "{business}/pending_client_pages", reads.PendingClientPages);
        graph.Map("GET", "{node}", reads.Node);

        graph.Map("POST", "{asset}/agencies", shares.Share);
        graph.Map("GET", "{asset}/agencies", shares.ListAgencies);
        graph.Map("DELETE", "{asset}/agencies", shares.Unshare);
        graph.Map("POST", "{business}/client_pages", shares.RequestPage);
        graph.Map("POST", "{business}/client_ad_accounts", GraphShares.RequestAdAccount);

        graph.Map("POST", "{asset}/assigned_users", assignments.Assign);
        graph.Map("GET", "{asset}/assigned_users", assignments.List);
        graph.Map("DELETE", "{asset}/assigned_users", assignments.Unassign);

        graph.Map("GET", "{account}/customaudiences", audiences.List);
        graph.Map("POST", "{account}/customaudiences", audiences.Create);
        graph.Map("GET", "{account}/customaudiencestos", audiences.Terms);
        graph.Map("POST", "{node}", audiences.Edit);
        graph.Map("DELETE", "{node}", audiences.Delete);
        graph.Map("GET", "{node}/sessions", people.Sessions);
        graph.MapRows("{node}/users", people.Users);
        graph.MapRows("{node}/usersreplace", people.Replace);
        graph.MapRows("{account}/usersofanyaudience", people.RemoveEverywhere);
        services.GetRequiredService<GraphCampaigns>().Map(graph, Map);

        sandbox.Map("/facebook/graph/{**path}", (string? path) =>
            (IResult)new GraphError(400, 2500, $"Unknown path components: /{path}"));
    }

    private static void Map(this IEndpointRouteBuilder graph, string method, string pattern, Func<GraphCall, IResult> answer) =>
        graph.MapMethods(pattern, [method], (HttpContext http, GraphGate gate) => gate.AnswerAsync(http, answer));

    /// <summary>Maps calls that carry thousands of rows.</summary>
    private static void MapRows(this IEndpointRouteBuilder graph, string pattern, Func<GraphCall, GraphForm, IResult> answer) =>
        graph.MapMethods(pattern, ["POST", "DELETE"], async (HttpContext http, GraphGate gate) =>
        {
            using var form = await GraphForm.ReadAsync(http.Request);
            return await gate.AnswerAsync(http, form.Parameters, call => answer(call, form));
        });

    private static ValueTask<object?> AddHeadersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers["X-App-Usage"] = """{"call_count":3,"total_time":2,"total_cputime":1}""";
        headers["facebook-api-version"] = (string?)context.HttpContext.Request.RouteValues["version"];
        return next(context);
    }
}
