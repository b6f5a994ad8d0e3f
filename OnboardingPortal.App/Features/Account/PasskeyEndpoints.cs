using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>What the browser asks for to make or use a passkey. Forms all: the antiforgery token comes along.</summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        app.MapPost("/account/passkeys/request", RequestAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        app.MapPost("/account/passkeys/create", CreateAsync).RequireAuthorization(Policies.SignedIn).RequireRateLimiting(RateLimits.SignIn);
    }

    /// <summary>The challenge for a sign-in. It names no user: the device knows which passkeys it has.</summary>
    private static async Task<IResult> RequestAsync(SignInManager<AgencyUser> signIn, IFormCollection _) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(user: null), "application/json");

    /// <summary>
    /// The challenge for a new passkey. Without a fresh proof there is none, so that no device keeps a passkey that is refused afterwards.
    /// </summary>
    private static async Task<IResult> CreateAsync(
        HttpContext context, SignInManager<AgencyUser> signIn, TimeProvider clock, IFormCollection _)
    {
        var caller = context.Features.GetRequiredFeature<LiveSession>().Caller;
        if (!caller.IsProvedAt(clock.GetUtcNow()))
        {
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false; // a script asks, not a person
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        return Results.Content(
            await signIn.MakePasskeyCreationOptionsAsync(
                new() { Id = caller.User.ToString(), Name = caller.Email, DisplayName = caller.Name }), "application/json");
    }
}
