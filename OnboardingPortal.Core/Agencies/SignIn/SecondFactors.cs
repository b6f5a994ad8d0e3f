using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.Core.Agencies;

/// <summary>What a user signs in with beside or instead of the password: an authenticator app with recovery codes, and passkeys.</summary>
public sealed class SecondFactors(
    UserManager<AgencyUser> users, IUserStore<AgencyUser> store, UserSessions sessions, PasswordAttempts attempts, AuthenticatorCodes codes,
    IDataProtectionProvider protection,
        TimeProvider clock)
{
    /// <summary>How many recovery codes a user gets.</summary>
    public const int RecoveryCodeCount = 10;

    /// <summary>The most passkeys a user may have.</summary>
    public const int MaxPasskeys = 20;

    /// <summary>The most characters a passkey's name may have.</summary>
    public const int PasskeyNameMaxLength = 60;

    private const string IdentityProvider = "[AspNetUserStore]"; // where Identity keeps its own tokens
    private static readonly TimeSpan SetUpTime = TimeSpan.FromHours(1);

    private PortalUserStore Store => (PortalUserStore)store;

    private ITimeLimitedDataProtector Sealer =>
        protection.CreateProtector("OnboardingPortal.AuthenticatorSetUp.v1").ToTimeLimitedDataProtector();

    /// <summary>What the caller has.</summary>
    public async Task<SecondFactorState> FindAsync(AgencyCaller caller)
    {
        var user = await users.FindOwnAsync(caller);
        var passkeys = await users.GetPasskeysAsync(user);
        return new SecondFactorState(
            user.TwoFactorEnabled, user.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(user) : 0,
            [.. passkeys.OrderBy(p => p.CreatedAt)
                .Select(p => new Passkey(Convert.ToHexString(p.CredentialId), p.Name ?? "", p.CreatedAt, p.IsBackedUp))]);
    }

    /// <summary>
    /// Begins to set up an authenticator app: a new key, of which nothing is kept here until a code shows that the app has it.
    /// </summary>
    public AuthenticatorSetUp BeginAuthenticator(AgencyCaller caller)
    {
        var key = AuthenticatorCodes.NewKey();
        return new AuthenticatorSetUp(key, Sealer.Protect($"{caller.User}/{key}", SetUpTime));
    }

    /// <summary>The key of a set-up that goes on, to be shown again; null when it is too old or somebody else's.</summary>
    public string? Open(AgencyCaller caller, string sealedKey)
    {
        try
        {
            return Sealer.Unprotect(sealedKey).Split('/') is [var user, var key] && user == caller.User.ToString() ? key : null;
        }
        catch (CryptographicException)
        {
            return null; // forged or too old
        }
    }

    /// <summary>
    /// Switches the authenticator app on, once it showed a code. Every other session ends; the session's cookie must be renewed.
    /// </summary>
    /// <param name="caller">The user whose second factor it is.</param>
    /// <param name="session">The session that goes on.</param>
    /// <param name="sealedKey">From <see cref="BeginAuthenticator"/>.</param>
    /// <param name="code">What the app shows.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns> New recovery codes, shown once; or <see cref="ProofNeeded"/>, <see cref="SetUpExpired"/>, <see cref="CodeRefused"/> or
    /// <see cref="TooManyAttempts"/>.
    /// </returns>
    public async Task<Result<RecoveryCodes>> ConfirmAuthenticatorAsync(
        AgencyCaller caller, UserSessionId session, string sealedKey, string code, CancellationToken cancellationToken)
    {
        var user = await users.FindOwnAsync(caller);
        if (FreshProof.Refuse(caller, clock) is { } unproved) return unproved;
        if (user.TwoFactorEnabled || Open(caller, sealedKey) is not { } key) return new SetUpExpired();
        if (await attempts.RefuseAsync(user, u => codes.TakeAsync(key, code, users, u), new CodeRefused()) is { } refusal) return refusal;
        await Store.SetAuthenticatorKeyAsync(user, key, cancellationToken);
        Store.AddAuditEntry(caller, user, AuditKind.TwoFactorOn);
        (await users.SetTwoFactorEnabledAsync(user, true)).MustSucceed();
        var recovery = await NewRecoveryCodesAsync(caller, user);
        await sessions.EndAllAsync(caller.Agency, caller.User, session, cancellationToken);
        return recovery;
    }

    /// <summary>Makes new recovery codes; the old ones work no more.</summary>
    /// <param name="caller">The user whose second factor it is.</param>
    /// <param name="proof">The password or a fresh code of the app.</param>
    /// <returns>The codes, shown once; or <see cref="ProofRefused"/> or <see cref="TooManyAttempts"/>.</returns>
    public async Task<Result<RecoveryCodes>> MakeRecoveryCodesAsync(AgencyCaller caller, string proof)
    {
        var user = await users.FindOwnAsync(caller);
        if (await attempts.RefuseAsync(user, u => users.IsProofAsync(u, proof), new ProofRefused()) is { } refusal) return refusal;
        return await NewRecoveryCodesAsync(caller, user);
    }

    /// <summary>Switches the authenticator app off; its key and recovery codes are erased. The session's cookie must be renewed.</summary>
    /// <param name="caller">The user whose second factor it is.</param>
    /// <param name="session">The session that goes on.</param>
    /// <param name="proof">The password or a fresh code of the app.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null, <see cref="ProofRefused"/> or <see cref="TooManyAttempts"/>.</returns>
    public async Task<PortalError?> RemoveAuthenticatorAsync(
        AgencyCaller caller, UserSessionId session, string proof, CancellationToken cancellationToken)
    {
        var user = await users.FindOwnAsync(caller);
        if (await attempts.RefuseAsync(user, u => users.IsProofAsync(u, proof), new ProofRefused()) is { } refusal) return refusal;
        await Store.RemoveTokenAsync(user, IdentityProvider, "AuthenticatorKey", cancellationToken);
        await Store.RemoveTokenAsync(user, IdentityProvider, "RecoveryCodes", cancellationToken);
        await Store.RemoveTokenAsync(user, AuthenticatorCodes.Provider, AuthenticatorCodes.LastStep, cancellationToken);
        Store.AddAuditEntry(caller, user, AuditKind.TwoFactorOff);
        (await users.SetTwoFactorEnabledAsync(user, false)).MustSucceed();
        await sessions.EndAllAsync(caller.Agency, caller.User, session, cancellationToken);
        return null;
    }

    /// <summary>Adds a passkey that the browser just made.</summary>
    /// <returns>Null, <see cref="ProofNeeded"/>, <see cref="PasskeyNameMissing"/> or, when there are too many,
    /// <see cref="PasskeyRefused"/>.</returns>
    public async Task<PortalError?> AddPasskeyAsync(AgencyCaller caller, UserPasskeyInfo passkey, string name)
    {
        if (FreshProof.Refuse(caller, clock) is { } unproved) return unproved;
        if (NameOf(name) is not { } called) return new PasskeyNameMissing();
        var user = await users.FindOwnAsync(caller);
        if ((await users.GetPasskeysAsync(user)).Count >= MaxPasskeys
            || await users.FindByPasskeyIdAsync(passkey.CredentialId) is not null) return new PasskeyRefused();
        passkey.Name = called;
        Store.AddAuditEntry(caller, user, AuditKind.PasskeyAdded, called);
        (await users.AddOrUpdatePasskeyAsync(user, passkey)).MustSucceed();
        return null;
    }

    /// <summary>Gives one of the caller's passkeys another name.</summary>
    /// <returns>Null or <see cref="PasskeyNameMissing"/>; a passkey that is gone is no refusal.</returns>
    public async Task<PortalError?> RenamePasskeyAsync(AgencyCaller caller, string id, string name)
    {
        if (NameOf(name) is not { } called) return new PasskeyNameMissing();
        var user = await users.FindOwnAsync(caller);
        if (await FindPasskeyAsync(user, id) is not { } passkey) return null;
        if (passkey.Name == called) return null;
        passkey.Name = called;
        Store.AddAuditEntry(caller, user, AuditKind.PasskeyRenamed, called);
        (await users.AddOrUpdatePasskeyAsync(user, passkey)).MustSucceed();
        return null;
    }

    /// <summary>Removes one of the caller's passkeys: it signs nobody in any more.</summary>
    /// <returns>Null or <see cref="ProofNeeded"/>; a passkey that is gone is no refusal.</returns>
    public async Task<PortalError?> RemovePasskeyAsync(AgencyCaller caller, string id)
    {
        var user = await users.FindOwnAsync(caller);
        if (FreshProof.Refuse(caller, clock) is { } unproved) return unproved;
        if (await FindPasskeyAsync(user, id) is not { } passkey) return null;
        Store.AddAuditEntry(caller, user, AuditKind.PasskeyRemoved, passkey.Name);
        (await users.RemovePasskeyAsync(user, passkey.CredentialId)).MustSucceed();
        return null;
    }

    private static string? NameOf(string name) =>
        name.Trim() is { Length: > 0 and <= PasskeyNameMaxLength } called && BrandingValidator.IsOneLine(called) ? called : null;

    private async Task<UserPasskeyInfo?> FindPasskeyAsync(AgencyUser user, string id) =>
        (await users.GetPasskeysAsync(user)).FirstOrDefault(p => Convert.ToHexString(p.CredentialId) == id);

    private async Task<RecoveryCodes> NewRecoveryCodesAsync(AgencyCaller caller, AgencyUser user)
    {
        Store.AddAuditEntry(caller, user, AuditKind.RecoveryCodesMade);
        return new RecoveryCodes(
            [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodeCount)
                ?? throw new InvalidOperationException("No codes were made.")]);
    }
}

/// <summary>What a user has beside the password.</summary>
/// <param name="HasAuthenticator">Whether an authenticator app is set up.</param>
/// <param name="RecoveryCodesLeft">How many of its recovery codes were not used yet.</param>
/// <param name="Passkeys">The oldest first.</param>
public sealed record SecondFactorState(bool HasAuthenticator, int RecoveryCodesLeft, IReadOnlyList<Passkey> Passkeys);

/// <summary>Codes that each sign in once in place of the app.</summary>
/// <param name="Codes">Two groups of five letters and digits each.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

/// <summary>A passkey of a user.</summary>
/// <param name="Id">Names it in forms; hex digits.</param>
/// <param name="Name">What the user calls it; hostile text.</param>
/// <param name="CreatedAt">When it was added, UTC.</param>
/// <param name="IsBackedUp">Whether its keeper copies it to the user's other devices.</param>
public sealed record Passkey(string Id, string Name, DateTimeOffset CreatedAt, bool IsBackedUp);

/// <summary>An authenticator app being set up.</summary>
/// <param name="Key">For the app, in Base32.</param>
/// <param name="Sealed">Comes back with the first code.</param>
public sealed record AuthenticatorSetUp(string Key, string Sealed);
