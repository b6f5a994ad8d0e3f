namespace OnboardingPortal.Sandbox.OAuth;

/// <summary>The way from the sign-in form to an authorization code, the same on every stand-in platform.</summary>
public sealed class SandboxSignIns(SandboxState state, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public SandboxSignIn Begin(SandboxPerson person, AuthorizeRequest request)
    {
        var signIn = new SandboxSignIn(SandboxTokens.RandomText(24), person.Platform, person.Key, request, clock.GetUtcNow() + Life);
        state.Change(data => data.SignIns.Add(signIn));
        return signIn;
    }

    /// <summary>Null when unknown or older than ten minutes.</summary>
    public SandboxSignIn? Find(string platform, string? id) => state.Read(data =>
        data.SignIns.Find(s => s.Platform == platform && s.Id == id && s.ExpiresAt > clock.GetUtcNow()));

    /// <remarks><c>granted</c>: What was asked, with the scopes that were given.</remarks>
    public string IssueCode(string platform, string person, AuthorizeRequest granted)
    {
        var code = new SandboxCode(SandboxTokens.RandomText(48), platform, person, granted, clock.GetUtcNow() + Life);
        state.Change(data => data.Codes.Add(code));
        return code.Value;
    }

    /// <summary>Uses a code up. A code that was shown with the wrong redirect address stays good, as nobody got anything for it.</summary>
    /// <returns>The code only when it is <see cref="CodeOutcome.Good"/>.</returns>
    public (CodeOutcome Outcome, SandboxCode? Code) TakeCode(string platform, string? value, string? redirectUri)
    {
        if (state.Read(data => data.Codes.Find(c => c.Platform == platform && c.Value == value)) is not { } code)
            return (CodeOutcome.Unknown, null);
        if (!string.Equals(code.Request.RedirectUri, redirectUri, StringComparison.Ordinal))
            return (CodeOutcome.OtherRedirect, null);
        if (code.ExpiresAt <= clock.GetUtcNow())
            return (CodeOutcome.Expired, null);
        var first = state.Change(_ => !code.Used && (code.Used = true));
        return first ? (CodeOutcome.Good, code) : (CodeOutcome.Used, null);
    }
}

/// <summary>What became of an authorization code.</summary>
public enum CodeOutcome
{
    Good,
    Unknown,
    Used,
    Expired,
    OtherRedirect,
}
