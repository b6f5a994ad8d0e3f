using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

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

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;
    private const int Digits = 6;

    /// <summary>A new key: 160 random bits in Base32, 32 letters and digits.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Letters, 32);

    /// <summary>The code that an app shows at a time; the key in Base32.</summary>
    public static string Compute(string key, DateTimeOffset at) => Compute(Decode(key), StepAt(at));

    /// <summary>The step in which the code is shown, around now; null when it is not of these steps.</summary>
    internal long? FindStep(string key, string code)
    {
        var (bytes, now) = (Decode(key), StepAt(clock.GetUtcNow()));
        var given = Encoding.ASCII.GetBytes(Clean(code));
        return Enumerable.Range(-1, 3).Select(d => (long?)(now + d))
            .FirstOrDefault(step => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Compute(bytes, step!.Value)), given));
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
    public Task<string> GenerateAsync(string purpose, UserManager<AgencyUser> manager, AgencyUser user) => Task.FromResult(""); // the app makes them

    /// <inheritdoc />
    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<AgencyUser> manager, AgencyUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key && await TakeAsync(key, token, manager, user);

    /// <inheritdoc />
    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AgencyUser> manager, AgencyUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    private static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    private static string Clean(string code) => string.Concat(code.Where(char.IsAsciiDigit));

    [SuppressMessage("Security", "CA5350", Justification = "What RFC 6238 prescribes and every authenticator app computes; HMAC-SHA-1 is not broken.")]
    private static string Compute(byte[] key, long step)
    {
        var hash = HMACSHA1.HashData(key, BitConverter.IsLittleEndian ? [.. BitConverter.GetBytes(step).Reverse()] : BitConverter.GetBytes(step));
        var at = hash[^1] & 0xf;
        var number = ((hash[at] & 0x7f) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    private static byte[] Decode(string key)
    {
        var (bytes, bits, count) = (new List<byte>(), 0, 0);
        foreach (var letter in key)
        {
            (bits, count) = (((bits & 0xff) << 5) | Letters.IndexOf(letter, StringComparison.Ordinal), count + 5);
            if (count < 8) continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
        }

        return [.. bytes];
    }
}
