using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Connect;

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
        [FromQuery(Name = "error_description")] string? description, ConnectService connect, PlatformCatalog platforms, PortalAddress address, IStringLocalizer<ConnectText> text)
    {
        if (context.Features.Get<AgencyHost>() is null
            && await connect.FindOtherHostAsync(new PlatformKey(platform), state, context.Request.Cookies[BrowserCookie], context.RequestAborted) is { } host)
        {
            return RelayTo(new Uri(address.On(host), $"connect/{platform}/callback{context.Request.QueryString}"), text);
        }

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

    /// <summary>
    /// Sends the browser on to the host it came from. By a page and not by a redirect: where the platform's own policy names the places its
    /// forms may lead to, it names the callback it knows and nothing behind it.
    /// </summary>
    private static IResult RelayTo(Uri address, IStringLocalizer<ConnectText> text)
    {
        var (to, words) = (HtmlEncoder.Default.Encode(address.AbsoluteUri), HtmlEncoder.Default.Encode(text["GoOn"]));
        return Results.Content(
            $"<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url={to}\"><title>{words}</title><p><a href=\"{to}\">{words}</a></p>",
            "text/html; charset=utf-8");
    }

    private static bool IsSamePerson(HttpContext context, ParticipantCookie participants, ConnectAttempt attempt) => attempt.Purpose == ConnectPurpose.Client
        ? AgencyHost.Allows(context, attempt.AgencyId) && attempt.RequestId is { } request && participants.Read(context, request) == attempt.ParticipantId
        : SessionCheck.IsAdmitted(context.User) && CurrentCaller.IdOf(context.User) is { } user && user == attempt.UserId;
}
