using Microsoft.AspNetCore.Mvc;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Connect;

/// <summary>The way to a platform's sign-in page and back: ordinary redirects, outside any circuit. Every way ends at a clean address.</summary>
internal static class ConnectEndpoints
{
    private const string BrowserCookie = "portal.connect";
    private const string Problem = "/connect/problem";

    public static void MapConnect(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/connect/{platform}").AllowAnonymous().RequireRateLimiting(RateLimits.Connect);
        group.MapGet("/start", StartAsync);
        group.MapGet("/callback", FinishAsync);
    }

    private static async Task<IResult> StartAsync(
        HttpContext context, string platform, string? ticket, ConnectService connect, ParticipantCookie participants, CancellationToken cancellationToken)
    {
        var start = await connect.StartAsync(
            new PlatformKey(platform), ticket ?? "", context.Request.Cookies[BrowserCookie], attempt => IsSamePerson(context, participants, attempt), cancellationToken);
        if (!start.Succeeded) return Results.LocalRedirect(Problem);
        context.Response.Cookies.Append(BrowserCookie, start.Value.BrowserSecret, new CookieOptions
        {
            Path = "/connect",
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            MaxAge = TimeSpan.FromHours(12),
        });
        return Results.Redirect(start.Value.Address.AbsoluteUri);
    }

    private static async Task<IResult> FinishAsync(
        HttpContext context, string platform, string? state, string? code, string? error,
        [FromQuery(Name = "error_description")] string? description, ConnectService connect, PlatformCatalog platforms)
    {
        // Whoever stops waiting for the page has signed in all the same: the rest runs to its end.
        var finished = await connect.FinishAsync(
            new PlatformKey(platform), new ConnectAnswer(state, code, error, description), context.Request.Cookies[BrowserCookie],
            context.Connection.RemoteIpAddress?.ToString(), CancellationToken.None);
        var attempt = finished.Succeeded ? finished.Value : (finished.Error as ConnectAttemptUsed)?.Attempt;
        return Results.LocalRedirect(attempt switch
        {
            null => Problem,
            { RequestId: { } request } => $"/onboarding/{request}",
            { Platform: var agencys } => platforms.Find(agencys)?.Descriptor.Grants == PlatformGrants.Account ? "/settings/data-sync-accounts" : "/settings/facebook",
        });
    }

    private static bool IsSamePerson(HttpContext context, ParticipantCookie participants, ConnectAttempt attempt) => attempt.Purpose == ConnectPurpose.Client
        ? attempt.RequestId is { } request && participants.Read(context, request) == attempt.ParticipantId
        : CurrentCaller.IdOf(context.User) is { } user && user == attempt.UserId;
}
