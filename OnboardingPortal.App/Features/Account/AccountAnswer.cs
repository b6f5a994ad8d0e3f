namespace OnboardingPortal.App.Features.Account;

/// <summary>What came of a change that <see cref="AccountPosts"/> posted.</summary>
public sealed record AccountAnswer
{
    /// <summary>The HTTP status; 0 when there was no answer.</summary>
    public int Status { get; init; }

    /// <summary>Where the page goes on, loaded anew with the cookie as it is now; null when it stays.</summary>
    public string? Next { get; init; }

    /// <summary>What is wrong with which field, in words; empty when the change was made.</summary>
    public Dictionary<string, string> Problems { get; init; } = [];

    /// <summary>New recovery codes, shown this once; null when none were made.</summary>
    public IReadOnlyList<string>? Codes { get; init; }
}
