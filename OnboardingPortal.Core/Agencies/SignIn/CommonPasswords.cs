using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Knows the passwords that are tried first: those of known breaches, names, words, dates and rows of keys, also with a number behind them
/// or with letters changed for signs (zxcvbn), and what is made of the user's own name and address.
/// </summary>
internal static class CommonPasswords
{
    private const int LeastScore = 2;      // of 4: more than a million guesses
    private const int MaxJudged = 60;     // characters: longer ones are not common, and judging them takes long
    private static readonly Zxcvbn.Zxcvbn Judge = new(); // reads its lists once
    private static readonly Lock Judging = new();

    /// <summary>Whether the password is one of them.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="own">What others know of the user: names and addresses.</param>
    public static bool Has(string? password, params IEnumerable<string?> own)
    {
        if (password is not { Length: > 0 and <= MaxJudged }) return false;
        lock (Judging) return Judge.EvaluatePassword(password, [.. own.OfType<string>().SelectMany(PartsOf)]).Score < LeastScore;
    }

    private static IEnumerable<string> PartsOf(string known) =>
        known.Split('@', StringSplitOptions.RemoveEmptyEntries).Append(known).Where(p => p.Length > 2);
}

/// <summary>Keeps every way to a new password from one that is tried first: Identity asks it, no matter who sets the password.</summary>
internal sealed class CommonPasswordValidator(IStringLocalizer<PortalError> text) : IPasswordValidator<AgencyUser>
{
    public Task<IdentityResult> ValidateAsync(UserManager<AgencyUser> manager, AgencyUser user, string? password) => Task.FromResult(
        CommonPasswords.Has(password, user.DisplayName, user.Email)
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordCommon), Description = text[nameof(PasswordCommon)] })
            : IdentityResult.Success);
}
