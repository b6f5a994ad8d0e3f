using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.ActiveCampaign;

/// <summary>ActiveCampaign: no sign-in page, but an address and a key that people copy out of their account.</summary>
internal sealed class ActiveCampaignStandIn(ActiveCampaignKeys keys, SandboxDisturbances disturbances) : IStandIn
{
    public static IReadOnlyList<AccountPerson> Everybody { get; } = AccountPeople.Of(ActiveCampaignApp.Key,
    [
        .. AccountPeople.Well("1,250 contacts in two lists"),
        .. AccountPeople.Troubled("ActiveCampaign"),
        new("Redirects elsewhere", "Wrong Turn", "The address sends every caller on to an address within the data centre.",
            SandboxBehaviour.RedirectsElsewhere),
        new("Never stops answering", "Endless Story", "The answer begins and never ends.", SandboxBehaviour.NeverStopsAnswering),
    ]);

    public string Key => ActiveCampaignApp.Key;
    public string Name => "ActiveCampaign";
    public string Section => ActiveCampaignApp.Section;
    public IReadOnlyList<SandboxPerson> People => Everybody;
    public Type Overview => typeof(ActiveCampaignOverview);

    public void Map(IEndpointRouteBuilder sandbox)
    {
        var api = sandbox.MapGroup("/activecampaign/{account}/api/3");
        Map(api, "users/me", ActiveCampaignApi.Me);
        Map(api, "lists", ActiveCampaignApi.Lists);
        Map(api, "contacts", ActiveCampaignApi.Contacts);
        Map(api, "fields", ActiveCampaignApi.Fields);
        Map(api, "{**path}", (_, http) => Message(404, $"No Result found for {http.RouteValues["path"]}"));
    }

    private void Map(IEndpointRouteBuilder api, string pattern, Func<AccountPerson, HttpRequest, IResult> answer) =>
        api.MapGet(pattern, (string account, HttpRequest http) => AnswerAsync(http, account, answer));

    private async Task<IResult> AnswerAsync(HttpRequest http, string account, Func<AccountPerson, HttpRequest, IResult> answer)
    {
        var headers = http.HttpContext.Response.Headers;
        if (Everybody.FirstOrDefault(p => p.Key == account) is not { } person)
            return Results.NotFound();
        if (person.Behaviour == SandboxBehaviour.RedirectsElsewhere)
            return Results.Redirect("http://169.254.169.254/latest/meta-data/");
        if (!keys.IsGood(person, http.Headers["Api-Token"].ToString()))
            return Message(403, "You are not authorized to access this API.");
        if (person.Behaviour == SandboxBehaviour.NeverStopsAnswering)
            return new EndlessAnswer();

        headers["RateLimit-Limit"] = "5";
        headers["RateLimit-Remaining"] = "4";
        switch (await disturbances.ForAsync(person, http.HttpContext.RequestAborted))
        {
            case Disturbance.None:
                return answer(person, http);
            case Disturbance.Nonsense:
                return Results.Text(SandboxDisturbances.NonsenseBody, "application/json");
            case Disturbance.RateLimited:
                headers["RateLimit-Remaining"] = "0";
                headers.RetryAfter = "1";
                return Message(429, "Too many requests.");
            case Disturbance.AccountClosed:
                return Errors(403, "Forbidden", "This account is closed.");
            default:
                return Errors(500, "Internal Server Error", "Something went wrong.");
        }
    }

    private static IResult Message(int status, string message) => OAuthStandIn.Json(new JsonObject { ["message"] = message }, status);

    private static IResult Errors(int status, string title, string detail) => OAuthStandIn.Json(
        new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["status"] = status, ["title"] = title, ["detail"] = detail }) },
        status);
}
