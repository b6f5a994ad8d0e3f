using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>
/// Changes of the own account that renew the session's cookie, posted by <see cref="AccountPosts"/>. Forms all: the antiforgery token comes
/// along.
/// </summary>
internal static class AccountChanges
{
    public const string Profile = "/account/profile/save";
    public const string Password = "/account/profile/password";
    public const string AppOn = "/account/two-factor/on";
    public const string AppOff = "/account/two-factor/off";
    public const string Proof = "/account/proof";
    public const string Codes = "/account/two-factor/codes";
    public const string AddPasskey = "/account/passkeys/add";

    public static void MapAccountChanges(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("").RequireRateLimiting(RateLimits.SignIn);
        own.MapPost(Profile, SaveProfileAsync).RequireAuthorization(Policies.AgencyUser);
        own.MapPost(Password, ChangePasswordAsync).RequireAuthorization(Policies.AgencyUser);
        own.MapPost(AppOn, SwitchAppOnAsync).RequireAuthorization(Policies.SignedIn);
        own.MapPost(AppOff, SwitchAppOffAsync).RequireAuthorization(Policies.SignedIn);
        own.MapPost(Proof, ProveAsync).RequireAuthorization(Policies.SignedIn);
        own.MapPost(Codes, MakeCodesAsync).RequireAuthorization(Policies.SignedIn);
        own.MapPost(AddPasskey, AddPasskeyAsync).RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<IResult> SaveProfileAsync(
        HttpContext context, OwnAccount account, PortalSignInManager signIn, [FromForm] string? name, [FromForm] string? language,
        [FromForm] string? timeZone)
    {
        var profile = new Profile(name ?? "", Given(language), Given(timeZone));
        if (await account.ChangeProfileAsync(Session(context).Caller, profile, context.RequestAborted) is InputRefused refused)
            return Refused(refused.Fields);
        // As the browser has it, not as somebody once chose in it.
        if (profile.Language is null) context.Response.Cookies.Delete(CookieRequestCultureProvider.DefaultCookieName);
        await RenewAsync(context, signIn);
        return Done("/account/profile", "ProfileSaved");
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context, OwnAccount account, PortalSignInManager signIn, IStringLocalizer<PortalError> words,
        [FromForm] string? current, [FromForm] string? next)
    {
        var session = Session(context);
        var refusal = await account.ChangePasswordAsync(session.Caller, session.Id, current ?? "", next ?? "", context.RequestAborted);
        if (refusal is not null)
            return Refused(
                refusal is PasswordTooShort or PasswordCommon ? nameof(PasswordDraft.Next) : nameof(PasswordDraft.Current), words, refusal);
        await RenewAsync(context, signIn);
        return Done("/account/profile", "PasswordSaved");
    }

    private static async Task<IResult> SwitchAppOnAsync(
        HttpContext context, SecondFactors factors, PortalSignInManager signIn, IStringLocalizer<PortalError> words,
        [FromForm] string? sealedKey, [FromForm] string? code)
    {
        var session = Session(context);
        var confirmed = await factors.ConfirmAuthenticatorAsync(
            session.Caller, session.Id, sealedKey ?? "", code ?? "", context.RequestAborted);
        if (!confirmed.Succeeded) return Refused(nameof(CodeDraft.Code), words, confirmed.Error);
        await signIn.RefreshWithSecondFactorAsync((await signIn.UserManager.GetUserAsync(context.User))!);
        return Results.Json(new AccountAnswer { Codes = confirmed.Value.Codes });
    }

    private static async Task<IResult> SwitchAppOffAsync(
        HttpContext context, SecondFactors factors, PortalSignInManager signIn, IStringLocalizer<PortalError> words,
        [FromForm] string? proof)
    {
        var session = Session(context);
        if (await factors.RemoveAuthenticatorAsync(session.Caller, session.Id, proof ?? "", context.RequestAborted) is { } refusal)
        {
            return Refused(nameof(ProofDraft.Proof), words, refusal);
        }

        await RenewAsync(context, signIn);
        return Done("/account/two-factor", "AppRemoved");
    }

    /// <summary>Renews no cookie, but lets a password be tried, which counts with the others here.</summary>
    private static async Task<IResult> MakeCodesAsync(
        HttpContext context, SecondFactors factors, IStringLocalizer<PortalError> words, [FromForm] string? proof)
    {
        var made = await factors.MakeRecoveryCodesAsync(Session(context).Caller, proof ?? "");
        return made.Succeeded
            ? Results.Json(new AccountAnswer { Codes = made.Value.Codes })
            : Refused(nameof(ProofDraft.Proof), words, made.Error);
    }

    private static async Task<IResult> AddPasskeyAsync(
        HttpContext context, PortalSignInManager signIn, SecondFactors factors, IStringLocalizer<PortalError> words,
        [FromForm] string? name, [FromForm] string? credential, [FromForm] string? returnUrl)
    {
        var caller = Session(context).Caller;
        var made = await signIn.AttestPasskeyAsync(caller, credential ?? ""); // without a proof nobody gave out a challenge
        var refusal = made is null ? new PasskeyRefused() : await factors.AddPasskeyAsync(caller, made, name ?? "");
        if (refusal is not null) return Refused(nameof(PasskeyDraft.Name), words, refusal);
        await signIn.RefreshWithSecondFactorAsync((await signIn.UserManager.GetUserAsync(context.User))!);
        return LocalAddress.IsLocal(returnUrl)
            ? Results.Json(new AccountAnswer { Next = returnUrl })
            : Done("/account/two-factor", "PasskeyAdded");
    }

    /// <summary>The session's user shows that it is them, by what they typed or by a passkey.</summary>
    private static async Task<IResult> ProveAsync(
        HttpContext context, FreshProof proofs, PortalSignInManager signIn, IStringLocalizer<PortalError> words,
        IStringLocalizer<AccountText> text,
        [FromForm] string? proof, [FromForm] string? credential)
    {
        var session = Session(context);
        if (string.IsNullOrEmpty(credential))
        {
            return await proofs.ProveAsync(session.Caller, session.Id, proof ?? "", context.RequestAborted) is { } refusal
                ? Refused(nameof(ProofDraft.Proof), words, refusal)
                : Results.Json(new AccountAnswer());
        }

        if (!await signIn.IsPasskeyOfAsync(session.Caller, credential))
            return Refused(new Dictionary<string, string> { [nameof(ProofDraft.Proof)] = text["PasskeyNoProof"] });
        await proofs.NoteAsync(session.Caller, session.Id, context.RequestAborted);
        return Results.Json(new AccountAnswer());
    }

    private static LiveSession Session(HttpContext context) => context.Features.GetRequiredFeature<LiveSession>();

    private static async Task RenewAsync(HttpContext context, PortalSignInManager signIn) =>
        await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(context.User))!);

    private static string? Given(string? choice) => string.IsNullOrEmpty(choice) ? null : choice;

    private static IResult Done(string page, string told) =>
        Results.Json(new AccountAnswer { Next = page + QueryString.Create("told", told) });

    private static IResult Refused(string field, IStringLocalizer<PortalError> words, PortalError refusal) =>
        Refused(new Dictionary<string, string> { [field] = words[refusal.TextKey, [.. refusal.Arguments]] });

    private static IResult Refused(IReadOnlyDictionary<string, string> problems) =>
        Results.Json(new AccountAnswer { Problems = problems.ToDictionary() });
}
