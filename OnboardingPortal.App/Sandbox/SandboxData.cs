using OnboardingPortal.App.Sandbox.Facebook;

namespace OnboardingPortal.App.Sandbox;

/// <summary>Everything the stand-in platforms remember; the shape of <c>sandbox.json</c>.</summary>
public sealed class SandboxData
{
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(7);

    public List<SandboxSignIn> SignIns { get; init; } = [];
    public List<SandboxCode> Codes { get; init; } = [];
    public List<SandboxToken> Tokens { get; init; } = [];

    /// <summary>How many of the next calls fail, by platform and person (<c>facebook/all-well</c>).</summary>
    public Dictionary<string, int> FailingCalls { get; init; } = [];

    /// <summary>Status of each permission that was ever asked for, by the person's key.</summary>
    public Dictionary<string, Dictionary<string, string>> FacebookPermissions { get; init; } = [];

    public List<FacebookShare> FacebookShares { get; init; } = [];
    public List<FacebookAssignment> FacebookAssignments { get; init; } = [];

    /// <summary>Forgets what nobody can use any more, so that the file does not grow for ever.</summary>
    public void Prune(DateTimeOffset now)
    {
        SignIns.RemoveAll(s => s.ExpiresAt < now);
        Codes.RemoveAll(c => c.ExpiresAt < now - TimeSpan.FromHours(1)); // until then the refusal says why
        Tokens.RemoveAll(t => t.ExpiresAt < now - KeptAfterExpiry || t.RevokedAt < now - KeptAfterExpiry);
    }
}

/// <summary>A person who has signed in and not yet answered the consent page.</summary>
/// <remarks><c>State</c>: The caller's <c>state</c>, returned as it came; null when none was sent.</remarks>
public sealed record SandboxSignIn(
    string Id, string Platform, string Person, string RedirectUri, string? State, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

/// <summary>An authorization code: good once, for ten minutes, for the redirect address it was made for.</summary>
public sealed record SandboxCode(string Value, string Platform, string Person, string RedirectUri, DateTimeOffset ExpiresAt)
{
    public bool Used { get; set; }
}

/// <summary>An access token.</summary>
/// <remarks><c>Id</c>: Names the token where its value must not stand, as in the Page tokens derived from it.</remarks>
public sealed record SandboxToken(string Id, string Value, string Platform, string Person, DateTimeOffset IssuedAt)
{
    /// <summary>Null when it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && !HasExpired(now);
    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;
}
