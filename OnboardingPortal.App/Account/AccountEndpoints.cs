using Microsoft.AspNetCore.Identity;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.App.Account;

/// <summary>What only an HTTP answer can do: take the session's cookie away.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder app) => app.MapPost("/account/logout", SignOutAsync).AllowAnonymous();

    private static async Task<IResult> SignOutAsync(
        HttpContext context, SignInManager<AgencyUser> signIn, AgencyService agencies, IFormCollection _, CancellationToken cancellationToken)
    {
        if (await signIn.UserManager.GetUserAsync(context.User) is { } user)
        {
            await agencies.RecordSignInAsync(user, AuditKind.UserSignedOut, context.Connection.RemoteIpAddress?.ToString(), cancellationToken);
        }

        await signIn.SignOutAsync();
        return Results.LocalRedirect("/account/login");
    }
}
