using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>What the browser asks for to use a passkey, and what a user does with their own. Forms all: the antiforgery token comes along.</summary>
internal static class PasskeyEndpoints
{
    private const string Page = "/account/two-factor";

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        app.MapPost("/account/passkeys/request", RequestAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        var own = app.MapGroup("/account/passkeys").RequireAuthorization(Policies.SignedIn).RequireRateLimiting(RateLimits.SignIn);
        own.MapPost("/create", CreateAsync);
        own.MapPost("/add", AddAsync);
        own.MapPost("/rename", RenameAsync);
        own.MapPost("/remove", RemoveAsync);
    }

    /// <summary>The challenge for a sign-in. It names no user: the device knows which passkeys it has.</summary>
    private static async Task<IResult> RequestAsync(SignInManager<AgencyUser> signIn, IFormCollection _) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(user: null), "application/json");

    private static async Task<IResult> CreateAsync(HttpContext context, SignInManager<AgencyUser> signIn, IFormCollection _)
    {
        var caller = Session(context).Caller;
        return Results.Content(
            await signIn.MakePasskeyCreationOptionsAsync(new() { Id = caller.User.ToString(), Name = caller.Email, DisplayName = caller.Name }), "application/json");
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, PortalSignInManager signIn, SecondFactors factors, [FromForm] string? name, [FromForm] string? credential, [FromForm] string? returnUrl)
    {
        var session = Session(context);
        var made = await signIn.AttestPasskeyAsync(session.Caller, credential ?? "");
        var refusal = made is null ? new PasskeyRefused() : await factors.AddPasskeyAsync(session.Caller, made, name ?? "");
        if (refusal is not null) return Told(refusal.TextKey, returnUrl);
        await signIn.RefreshWithSecondFactorAsync((await signIn.UserManager.GetUserAsync(context.User))!);
        return LocalAddress.IsLocal(returnUrl) ? Results.LocalRedirect(returnUrl!) : Told("PasskeyAdded", null);
    }

    private static async Task<IResult> RenameAsync(HttpContext context, SecondFactors factors, [FromForm] string? id, [FromForm] string? name) =>
        Told((await factors.RenamePasskeyAsync(Session(context).Caller, id ?? "", name ?? ""))?.TextKey ?? "PasskeyRenamed", null);

    private static async Task<IResult> RemoveAsync(HttpContext context, SecondFactors factors, [FromForm] string? id)
    {
        await factors.RemovePasskeyAsync(Session(context).Caller, id ?? "");
        return Told("PasskeyRemoved", null);
    }

    private static LiveSession Session(HttpContext context) => context.Features.GetRequiredFeature<LiveSession>();

    private static IResult Told(string what, string? returnUrl) => Results.LocalRedirect(
        Page + QueryString.Create(new Dictionary<string, string?> { ["told"] = what, ["returnUrl"] = LocalAddress.IsLocal(returnUrl) ? returnUrl : null }.Where(q => q.Value is not null)));
}
