using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.App.Security;

/// <summary>What an attempt to sign in came to.</summary>
public enum SignInOutcome
{
    /// <summary>The session's cookie is set.</summary>
    SignedIn,

    /// <summary>The password is right; a code of the authenticator app is asked for next.</summary>
    CodeNeeded,

    /// <summary>The password is right, but the agency wants a second factor and the user's only one is a passkey.</summary>
    PasskeyNeeded,

    /// <summary>The password is right, but a main user disabled the user.</summary>
    Disabled,

    /// <summary>Too many wrong attempts.</summary>
    LockedOut,

    /// <summary>Something is wrong with what was given.</summary>
    Refused,
}

/// <summary>Signs agency users in. Every way in begins a session that its cookie names, and is noted.</summary>
public sealed class PortalSignInManager(
    UserManager<AgencyUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<AgencyUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<AgencyUser>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<AgencyUser> confirmation,
    UserSessions sessions, AgencyService agencies,
    PasswordAttempts attempts, KnownBrowsers browsers)
    : SignInManager<AgencyUser>(users, http, claims, options, logger, schemes, confirmation)
{
    private string? Address => Context.Connection.RemoteIpAddress?.ToString();

    public override async Task<bool> CanSignInAsync(AgencyUser user) => user.DisabledAt is null && await base.CanSignInAsync(user);

    /// <summary>
    /// The first step: a password. Wrong ones are counted by place (<see cref="PasswordAttempts"/>), even those of a disabled user.
    /// </summary>
    public async Task<SignInOutcome> SignInWithPasswordAsync(AgencyUser user, string password)
    {
        var outcome = await TryPasswordAsync(user, password);
        if (outcome is not (SignInOutcome.SignedIn or SignInOutcome.CodeNeeded)) await NoteRefusalAsync(user);
        return outcome;
    }

    /// <summary>
    /// The second step: a code of the authenticator app. Wrong ones count towards a lockout of codes: who tries them knows the password.
    /// </summary>
    public async Task<SignInOutcome> SignInWithCodeAsync(AgencyUser user, string code) =>
        await NoteAsync(user, await TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false));

    /// <summary>The second step without the app: a recovery code, which works once.</summary>
    public async Task<SignInOutcome> SignInWithRecoveryCodeAsync(AgencyUser user, string code)
    {
        if (await IsLockedOut(user)) return SignInOutcome.LockedOut;
        var letters = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var written = letters.Length == 10 ? $"{letters[..5]}-{letters[5..]}" : letters;
        var result = await CanSignInAsync(user) ? await TwoFactorRecoveryCodeSignInAsync(written) : SignInResult.NotAllowed;
        if (result.Succeeded) await agencies.RecordSignInAsync(user, AuditKind.RecoveryCodeUsed, Address, Context.RequestAborted);
        else if (!result.IsLockedOut) await UserManager.AccessFailedAsync(user);
        return await NoteAsync(user, result);
    }

    /// <summary>
    /// A passkey alone: the device asked for a finger or a PIN, hence two factors. A lockout does not matter, since nothing can be guessed.
    /// </summary>
    public async Task<SignInOutcome> SignInWithPasskeyAsync(string credential)
    {
        if (await UnlessUnaskedAsync(credential, PerformPasskeyAssertionAsync) is not { Succeeded: true } assertion)
            return SignInOutcome.Refused;
        var user = assertion.User;
        if (!await CanSignInAsync(user)) return SignInOutcome.Disabled;
        if (!(await UserManager.AddOrUpdatePasskeyAsync(user, assertion.Passkey)).Succeeded) return SignInOutcome.Refused; // its counter
        await SignInWithClaimsAsync(
            user, authenticationProperties: null, [new Claim(AgencyUserClaims.Method, AgencyUserClaims.SecondFactor)]);
        return SignInOutcome.SignedIn;
    }

    /// <summary>Whether a browser used a passkey of the caller's for what <c>MakePasskeyRequestOptionsAsync</c> asked.</summary>
    public async Task<bool> IsPasskeyOfAsync(AgencyCaller caller, string credential) =>
        await UnlessUnaskedAsync(credential, PerformPasskeyAssertionAsync) is { Succeeded: true } assertion
            && assertion.User.UserId == caller.User
            && (await UserManager.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey)).Succeeded; // its counter

    /// <summary>
    /// Checks a passkey that a browser made for the caller after <c>MakePasskeyCreationOptionsAsync</c>; null when it is not theirs or
    /// nothing asked for it.
    /// </summary>
    public async Task<UserPasskeyInfo?> AttestPasskeyAsync(AgencyCaller caller, string credential)
    {
        var attestation = await UnlessUnaskedAsync(credential, PerformPasskeyAttestationAsync);
        return attestation is { Succeeded: true } && attestation.UserEntity.Id == caller.User.ToString() ? attestation.Passkey : null;
    }

    public override async Task SignInWithClaimsAsync(
        AgencyUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var session = await sessions.StartAsync(user, Address, Context.Request.Headers.UserAgent.ToString(), Context.RequestAborted);
        await base.SignInWithClaimsAsync(user, authenticationProperties, [.. additionalClaims, Naming(session)]);
        browsers.Remember(Context, user.UserId);
        await agencies.RecordSignInAsync(user, AuditKind.UserSignedIn, Address, Context.RequestAborted);
    }

    /// <summary>Renews the cookie of the session that acts, after its user changed what the cookie says of them.</summary>
    public override Task RefreshSignInAsync(AgencyUser user) => RenewAsync(user, [.. Context.User.FindAll(AgencyUserClaims.Method)]);

    /// <summary>Renews the cookie of the session that acts, whose user just showed a second factor.</summary>
    public Task RefreshWithSecondFactorAsync(AgencyUser user) =>
        RenewAsync(user, [new Claim(AgencyUserClaims.Method, AgencyUserClaims.SecondFactor)]);

    /// <summary>Identity throws when no challenge of ours came before, which anybody can bring about.</summary>
    private static async Task<T?> UnlessUnaskedAsync<T>(string credential, Func<string, Task<T>> check)
        where T : class
    {
        try
        {
            return credential.Length == 0 ? null : await check(credential);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Claim Naming(UserSessionId session) => new(AgencyUserClaims.Session, session.ToString());

    private Task RenewAsync(
        AgencyUser user,
        IReadOnlyList<Claim> method) => SessionCheck.IdOf(Context.User) is { } session && CurrentCaller.IdOf(Context.User) == user.UserId
        ? base.SignInWithClaimsAsync(user, null, [.. method, Naming(session)])
        : throw new InvalidOperationException("Only the session that acts can be renewed.");

    private async Task<SignInOutcome> TryPasswordAsync(AgencyUser user, string password)
    {
        var place = browsers.Find(Context, user.UserId) is { } mark
            ? SignInPlace.KnownBrowser(mark)
            : SignInPlace.UnknownBrowserIn(Network.Of(Context.Connection.RemoteIpAddress));
        if (!await attempts.MayTryAsync(user.UserId, place, Context.RequestAborted)) return SignInOutcome.LockedOut;
        if (!await UserManager.CheckPasswordAsync(user, password)) return SignInOutcome.Refused;
        if (!await CanSignInAsync(user)) return SignInOutcome.Disabled;
        await attempts.ForgetAsync(user.UserId, place, Context.RequestAborted);
        if (!user.TwoFactorEnabled && (await UserManager.GetPasskeysAsync(user)).Count > 0
            && (await agencies.GetAsync(user.AgencyId, Context.RequestAborted)).RequiresTwoFactor)
        {
            return SignInOutcome.PasskeyNeeded;
        }

        return (await SignInOrTwoFactorAsync(user, isPersistent: false)).RequiresTwoFactor
            ? SignInOutcome.CodeNeeded
            : SignInOutcome.SignedIn;
    }

    private async Task<SignInOutcome> NoteAsync(AgencyUser user, SignInResult result)
    {
        if (result.Succeeded) return SignInOutcome.SignedIn;
        await NoteRefusalAsync(user);
        return result.IsLockedOut || await IsLockedOut(user)
            ? SignInOutcome.LockedOut
            : result.IsNotAllowed ? SignInOutcome.Disabled : SignInOutcome.Refused;
    }

    private Task NoteRefusalAsync(AgencyUser user) =>
        agencies.RecordSignInAsync(user, AuditKind.UserSignInRefused, Address, Context.RequestAborted);
}
