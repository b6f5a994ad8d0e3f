using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.App.Features.Account;

/// <summary>What only an HTTP answer can do: take the session's cookie away.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        app.MapPost("/account/logout", SignOutAsync).AllowAnonymous();
        app.MapGet("/account/session", TellSession).AllowAnonymous();
        app.MapPost("/account/sessions/end-all", EndSessionsAsync).RequireAuthorization(Policies.SignedIn);
        app.MapAccountChanges();
        app.MapPasskeys();
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, SignInManager<AgencyUser> signIn, UserSessions sessions, AgencyService agencies, IFormCollection _,
        CancellationToken cancellationToken)
    {
        if (context.Features.Get<LiveSession>() is { } session && await signIn.UserManager.GetUserAsync(context.User) is { } user)
        {
            await sessions.EndAsync(session.Caller, session.Id, cancellationToken);
            await agencies.RecordSignInAsync(
                user, AuditKind.UserSignedOut, context.Connection.RemoteIpAddress?.ToString(), cancellationToken);
        }

        await signIn.SignOutAsync();
        return Results.LocalRedirect("/account/login");
    }

    private static async Task<IResult> EndSessionsAsync(
        HttpContext context, SignInManager<AgencyUser> signIn, UserSessions sessions, IFormCollection _,
        CancellationToken cancellationToken)
    {
        await sessions.EndOwnAsync(context.Features.GetRequiredFeature<LiveSession>().Caller, only: null, cancellationToken);
        await signIn.SignOutAsync();
        return Results.LocalRedirect("/account/login");
    }

    /// <summary>Tells a page that lost its connection whether its user is still signed in.</summary>
    private static IResult TellSession(HttpContext context)
    {
        context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        return Results.StatusCode(SessionCheck.IsAdmitted(context.User)
            ? StatusCodes.Status204NoContent
            : StatusCodes.Status401Unauthorized);
    }
}
