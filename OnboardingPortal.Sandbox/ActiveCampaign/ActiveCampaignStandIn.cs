using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.ActiveCampaign;

/// <summary>ActiveCampaign: no sign-in page, but an address and a key that people copy out of their account.</summary>
internal sealed class ActiveCampaignStandIn(
    ActiveCampaignKeys keys, SandboxDisturbances disturbances, SandboxContactLists lists, ContactDisturbances reading) : IStandIn
{
    private const int CallsASecond = 5;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ActiveCampaignApi _api = new(lists, reading);
    private readonly ContactDisturbances _reading = reading;

    public static IReadOnlyList<AccountPerson> Everybody { get; } = AccountPeople.Of(ActiveCampaignApp.Key,
    [
        .. AccountPeople.Well("lists of 12, 40, 250 and 5,000 contacts"),
        .. AccountPeople.Troubled("ActiveCampaign"),
        new("Redirects elsewhere", "Wrong Turn", "The address sends every caller on to an address within the data centre.",
            SandboxBehaviour.RedirectsElsewhere),
        new("Never stops answering", "Endless Story", "The answer begins and never ends.", SandboxBehaviour.NeverStopsAnswering),
        .. AccountPeople.Reading("ActiveCampaign"),
        new("Five calls a second", "Steady Steps", "Five calls a second are answered, as the documentation says, and no more.",
            SandboxBehaviour.CountsCallsASecond),
    ]);

    public string Key => ActiveCampaignApp.Key;
    public string Name => "ActiveCampaign";
    public string Section => ActiveCampaignApp.Section;
    public IReadOnlyList<SandboxPerson> People => Everybody;
    public Type Overview => typeof(ActiveCampaignOverview);
    public bool HasContacts => true;

    public void Map(IEndpointRouteBuilder sandbox)
    {
        var api = sandbox.MapGroup("/activecampaign/{account}/api/3");
        Map(api, "users/me", ActiveCampaignApi.Me);
        Map(api, "lists", _api.Lists);
        Map(api, "lists/{list}", _api.List);
        Map(api, "contacts", _api.Contacts);
        Map(api, "fields", ActiveCampaignApi.Fields);
        Map(api, "{**path}", (_, http) => ActiveCampaignProblem.Message(404, $"No Result found for {http.RouteValues["path"]}"));
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
            return ActiveCampaignProblem.KeyRefused;
        if (person.Behaviour == SandboxBehaviour.NeverStopsAnswering)
            return new EndlessAnswer();

        headers["RateLimit-Limit"] = $"{CallsASecond}";
        var calls = person.Behaviour == SandboxBehaviour.CountsCallsASecond ? _reading.Count(person, Second) : 1;
        headers["RateLimit-Remaining"] = $"{Math.Max(0, CallsASecond - calls)}";
        if (calls > CallsASecond) return ActiveCampaignProblem.TooManyCalls(http, seconds: 1);
        switch (await disturbances.ForAsync(person, http.HttpContext.RequestAborted))
        {
            case Disturbance.None:
                return answer(person, http);
            case Disturbance.Nonsense:
                return Results.Text(SandboxDisturbances.NonsenseBody, "application/json");
            case Disturbance.RateLimited:
                return ActiveCampaignProblem.TooManyCalls(http, seconds: 1);
            case Disturbance.AccountClosed:
                return ActiveCampaignProblem.Errors(403, "Forbidden", "This account is closed.");
            default:
                return ActiveCampaignProblem.Errors(500, "Internal Server Error", "Something went wrong.");
        }
    }
}
