using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.Pages;

namespace OnboardingPortal.Sandbox;

/// <summary>The page that lists the test people and breaks what is connected.</summary>
internal static class SandboxOverviewEndpoints
{
    private const int CallsThatFail = 3;

    public static void MapSandboxOverview(this IEndpointRouteBuilder sandbox)
    {
        sandbox.MapGet("", (SandboxTokens tokens, StandIns standIns) => SandboxPages.Page<SandboxOverviewPage>(new
        {
            Accounts = (IReadOnlyList<ConnectedAccount>)[.. tokens.ListAccounts().Where(a => standIns.Find(a.Platform) is not null)],
        }));
        sandbox.MapPost(
            "accounts/{platform}/{person}/expire",
            (string platform, string person, HttpRequest http, StandIns standIns, SandboxTokens tokens) =>
                Do(http, standIns, platform, person, _ => tokens.ExpireAll(platform, person)));
        sandbox.MapPost(
            "accounts/{platform}/{person}/revoke",
            (string platform, string person, HttpRequest http, StandIns standIns, SandboxTokens tokens) =>
                Do(http, standIns, platform, person, standIn =>
                {
                    tokens.RevokeAll(platform, person);
                    standIn.OnRevoked(person);
                }));
        sandbox.MapPost(
            "accounts/{platform}/{person}/fail",
            (string platform, string person, HttpRequest http, StandIns standIns, SandboxTokens tokens) =>
                Do(http, standIns, platform, person, _ => tokens.FailNext(platform, person, CallsThatFail)));
        sandbox.MapPost(
            "accounts/{platform}/{person}/contacts",
            (string platform, string person, HttpRequest http, StandIns standIns, SandboxContactLists lists) =>
                Do(http, standIns, platform, person, standIn =>
                {
                    if (standIn.HasContacts) lists.Change(platform, person);
                }));
    }

    private static IResult Do(HttpRequest http, StandIns standIns, string platform, string person, Action<IStandIn> act)
    {
        if (standIns.Find(platform) is not { } standIn || standIns.FindPerson(platform, person) is null)
            return Results.NotFound();
        act(standIn);
        return Results.Redirect($"{http.PathBase}/sandbox#accounts");
    }
}
