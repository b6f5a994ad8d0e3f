using OnboardingPortal.App.Sandbox.Facebook;
using OnboardingPortal.App.Sandbox.Mailchimp;
using OnboardingPortal.App.Sandbox.Pages;

namespace OnboardingPortal.App.Sandbox;

/// <summary>The page that lists the test people and breaks what is connected.</summary>
internal static class SandboxOverviewEndpoints
{
    private const int CallsThatFail = 3;

    public static void MapSandboxOverview(this IEndpointRouteBuilder sandbox)
    {
        sandbox.MapGet("", (SandboxTokens tokens, FacebookSharing sharing) => SandboxPages.Page<SandboxOverviewPage>(new
        {
            Accounts = tokens.ListAccounts(),
            Pending = sharing.ListPending(),
        }));
        sandbox.MapPost("accounts/{platform}/{person}/expire", (string platform, string person, HttpRequest http, SandboxTokens tokens) =>
            Do(http, platform, person, () => tokens.ExpireAll(platform, person)));
        sandbox.MapPost("accounts/{platform}/{person}/revoke", (string platform, string person, HttpRequest http, SandboxTokens tokens) =>
            Do(http, platform, person, () => tokens.RevokeAll(platform, person)));
        sandbox.MapPost("accounts/{platform}/{person}/fail", (string platform, string person, HttpRequest http, SandboxTokens tokens) =>
            Do(http, platform, person, () => tokens.FailNext(platform, person, CallsThatFail)));
        sandbox.MapPost("approvals/{asset}/{business}", (string asset, string business, HttpRequest http, FacebookSharing sharing) =>
        {
            sharing.Approve(asset, business);
            return Results.Redirect($"{http.PathBase}/sandbox#approvals");
        });
    }

    /// <summary>The person behind a connected account; null for one that an older release had.</summary>
    public static SandboxPerson? FindPerson(string platform, string key) => platform switch
    {
        SandboxPlatforms.Facebook => FacebookPeople.Find(key),
        SandboxPlatforms.Mailchimp => MailchimpPeople.Find(key),
        _ => null,
    };

    private static IResult Do(HttpRequest http, string platform, string person, Action act)
    {
        if (FindPerson(platform, person) is null)
            return Results.NotFound();
        act();
        return Results.Redirect($"{http.PathBase}/sandbox#accounts");
    }
}
