using System.Globalization;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Checks the codes of authenticator apps (RFC 6238: SHA-1, 6 digits, 30 seconds, one step of tolerance either way). A code works once:
/// neither it nor an older one is taken again, even by two requests at the same time.
/// </summary>
/// <param name="clock">Whose time the codes follow.</param>
public sealed class AuthenticatorCodes(TimeProvider clock) : IUserTwoFactorTokenProvider<AgencyUser>
{
    /// <summary>Under which the step of the last code is kept.</summary>
    internal const string Provider = "portal";

    /// <summary>Under which the step of the last code is kept.</summary>
    internal const string LastStep = "authenticator-step";

    private const int KeyBytes = 20;

    /// <summary>A new key: 160 random bits in Base32, 32 letters and digits.</summary>
    public static string NewKey() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(KeyBytes));

    /// <summary>The code that an app shows at a time; the key in Base32.</summary>
    public static string Compute(string key, DateTimeOffset at) => TotpOf(key).ComputeTotp(at.UtcDateTime);

    /// <summary>The step in which the code is shown, around now; null when it is not of these steps.</summary>
    internal long? FindStep(string key, string code)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return TotpOf(key).VerifyTotp(now, Clean(code), out var step, VerificationWindow.RfcSpecifiedNetworkDelay) ? step : null;
    }

    /// <summary>Takes the code if it is good and newer than the last one taken.</summary>
    internal async Task<bool> TakeAsync(string key, string code, UserManager<AgencyUser> manager, AgencyUser user)
    {
        if (FindStep(key, code) is not { } step) return false;
        var last = await manager.GetAuthenticationTokenAsync(user, Provider, LastStep);
        if (last is not null && step <= long.Parse(last, CultureInfo.InvariantCulture)) return false;

        // The user's row is saved with it and carries a concurrency stamp: of two that bring the same code, one fails here.
        return (await manager.SetAuthenticationTokenAsync(user, Provider, LastStep, step.ToString(CultureInfo.InvariantCulture))).Succeeded;
    }

    /// <inheritdoc />
    // the app makes them
    public Task<string> GenerateAsync(string purpose, UserManager<AgencyUser> manager, AgencyUser user) => Task.FromResult("");

    /// <inheritdoc />
    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<AgencyUser> manager, AgencyUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key && await TakeAsync(key, token, manager, user);

    /// <inheritdoc />
    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AgencyUser> manager, AgencyUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    private static Totp TotpOf(string key) => new(Base32Encoding.ToBytes(key)); // SHA-1, 6 digits, 30 seconds unless it is told otherwise

    private static string Clean(string code) => string.Concat(code.Where(char.IsAsciiDigit));
}
