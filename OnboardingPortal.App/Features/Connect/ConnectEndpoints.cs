using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Connect;

/// <summary>The way to a platform's sign-in page and back: ordinary redirects, outside any circuit. Every way ends at a clean address. From
/// an agency's own host it leads over the portal's and back.</summary>
internal static class ConnectEndpoints
{
    private const string BrowserCookie = "portal.connect.";
    private const string Problem = "/connect/problem";

    public static void MapConnect(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/connect/{platform}").AllowAnonymous().RequireRateLimiting(RateLimits.Connect);
        group.MapGet("/start", StartAsync);
        group.MapGet("/leave", LeaveAsync);
        group.MapGet("/callback", FinishAsync);
        group.MapGet("/return", ReturnAsync);
    }

    private static async Task<IResult> StartAsync(
        HttpContext context, string platform, string? ticket, ConnectService connect, ParticipantCookie participants,
        CancellationToken cancellationToken) =>
        Go(context, await connect.StartAsync(
            new PlatformKey(platform), ticket ?? "", context.Features.Get<AgencyHost>()?.Host,
            attempt => IsSamePerson(context, participants, attempt), cancellationToken));

    /// <summary>What was started on an agency's own host comes by here: the callback is to find a cookie of the portal's host.</summary>
    private static async Task<IResult> LeaveAsync(
        HttpContext context, string platform, string? ticket, ConnectService connect, CancellationToken cancellationToken) =>
        context.Features.Get<AgencyHost>() is null
            ? Go(context, await connect.LeaveAsync(new PlatformKey(platform), ticket ?? "", cancellationToken))
            : Results.LocalRedirect(Problem);

    private static async Task<IResult> FinishAsync(
        HttpContext context, string platform, string? state, string? code, string? error,
        [FromQuery(Name = "error_description")] string? description, ConnectService connect, PlatformCatalog platforms)
    {
        if (context.Features.Get<AgencyHost>() is not null) return Results.LocalRedirect(Problem); // platforms know the portal's host alone
        var key = new PlatformKey(platform);
        var answer = new ConnectAnswer(state, code, error, description);
        var browser = SecretOf(context, ConnectService.KeyOf(state));
        if (await connect.RelayAsync(key, answer, browser, context.RequestAborted) is { } there)
            return new RazorComponentResult<RelayPage>(new { Address = there });

        // Anybody who stops waiting for the page has signed in all the same: the rest runs to its end.
        return End(
            await connect.FinishAsync(key, answer, browser, context.Connection.RemoteIpAddress?.ToString(), CancellationToken.None),
            platforms);
    }

    /// <summary>The callback, come home to the agency's own host.</summary>
    private static async Task<IResult> ReturnAsync(
        HttpContext context, string platform, string? attempt, string? ticket, ConnectService connect, PlatformCatalog platforms) =>
        context.Features.Get<AgencyHost>() is { } host
            ? End(await connect.ReturnAsync(
                new PlatformKey(platform), host.Agency, ticket ?? "", SecretOf(context, attempt ?? ""),
                context.Connection.RemoteIpAddress?.ToString(), CancellationToken.None), platforms)
            : Results.LocalRedirect(Problem);

    /// <summary>Gives the browser the secret of this way alone, and lets it go.</summary>
    private static IResult Go(HttpContext context, Result<ConnectStart> start)
    {
        if (!start.Succeeded) return Results.LocalRedirect(Problem);
        HostCookie.Write(context, BrowserCookie + start.Value.Key, start.Value.BrowserSecret, ConnectAttempt.Life);
        return Results.Redirect(start.Value.Address.AbsoluteUri);
    }

    private static string? SecretOf(HttpContext context, string key) => HostCookie.Read(context, BrowserCookie + key);

    private static IResult End(Result<ConnectAttempt> finished, PlatformCatalog platforms)
    {
        var attempt = finished.Succeeded ? finished.Value : (finished.Error as ConnectAttemptUsed)?.Attempt;
        return Results.LocalRedirect(attempt switch
        {
            null => Problem,
            { RequestId: { } request } => $"/onboarding/{request}",
            { Platform: var agencys } => platforms.Find(agencys)?.Descriptor.Grants == PlatformGrants.Account
                ? "/settings/data-sync-accounts"
                : "/settings/facebook",
        });
    }

    private static bool IsSamePerson(
        HttpContext context, ParticipantCookie participants, ConnectAttempt attempt) => attempt.Purpose == ConnectPurpose.Client
        ? AgencyHost.Allows(context, attempt.AgencyId) && attempt.RequestId is { } request
            && participants.Read(context, request) == attempt.ParticipantId
        : SessionCheck.IsAdmitted(context.User) && CurrentCaller.IdOf(context.User) is { } user && user == attempt.UserId;
}
