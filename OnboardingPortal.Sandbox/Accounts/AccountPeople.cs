namespace OnboardingPortal.Sandbox.Accounts;

/// <summary>What a test person is called and shows, before a platform gives them a number.</summary>
public sealed record AccountRole(string Name, string Account, string Shows, SandboxBehaviour Behaviour = SandboxBehaviour.Ordinary);

/// <summary>The test people whom the platforms with contacts have in common.</summary>
public static class AccountPeople
{
    /// <remarks><c>contacts</c>: What the first account holds, in words.</remarks>
    public static IReadOnlyList<AccountRole> Well(string contacts) =>
    [
        new("All well", "Blue Bakery", $"Everything works; the account has {contacts}."),
        new("Second account", "Blue Bakery Shop", "Another account, to connect beside the first."),
    ];

    public static AccountRole Cancels(string platform) =>
        new("Cancels at consent", "Corner Coffee", $"Presses Cancel when {platform} asks.", SandboxBehaviour.CancelsAtConsent);

    /// <summary>Those whose access token needs refreshing, or goes away.</summary>
    public static IReadOnlyList<AccountRole> Expiring(string platform) =>
    [
        new("Token expires at once", "Quick Cleaners",
            $"The first access token from {platform} has already expired and must be refreshed before its first use.",
            SandboxBehaviour.TokenExpiresAtOnce),
        new("Signed in, then taken back", "Second Thoughts", "Takes access back ten seconds after signing in.",
            SandboxBehaviour.TakesAccessBack),
    ];

    public static AccountRole Rotates(string platform) => new(
        "Rotates its refresh token", "Revolving Doors",
        $"{platform} replaces the refresh token at every refresh. Using an old one again ends the access.",
        SandboxBehaviour.RotatesRefreshToken);

    public static IReadOnlyList<AccountRole> Troubled(string platform) =>
    [
        new("Account closed", "Old Mill", $"{platform} has closed the account.", SandboxBehaviour.AccountClosed),
        new("Too many calls", "Busy Bee Honey", $"{platform} answers that there are too many calls.", SandboxBehaviour.AnswersRateLimited),
        new("Answers 500", "Thunder Toys", $"{platform} answers every question about this account with an error of its own.",
            SandboxBehaviour.AnswersServerError),
        new("Answers nonsense", "Riddle Books", $"{platform}'s answers are cut off in the middle.", SandboxBehaviour.AnswersNonsense),
        new("Answers slowly", "Slow Food Market", $"{platform} takes three seconds for every answer.", SandboxBehaviour.AnswersSlowly),
    ];

    /// <summary>Those whose lists of people cannot be read to their end.</summary>
    public static IReadOnlyList<AccountRole> Reading(string platform) =>
    [
        new("No lists", "Quiet Quilts", "The account has no lists of people.", SandboxBehaviour.HasNoLists),
        new("List deleted while read", "Vanishing Vans", $"{platform} knows the list no more after its first page.",
            SandboxBehaviour.ListGoesWhileRead),
        new("Access ends while read", "Short Stories", $"{platform} ends the access after the first page of a list.",
            SandboxBehaviour.TokenDiesWhileRead),
        new("Quota ends while read", "Measured Meals", $"{platform} lets a list be read by three calls a minute.",
            SandboxBehaviour.QuotaWhileRead),
    ];

    public static IReadOnlyList<AccountPerson> Of(string platformKey, IEnumerable<AccountRole> roles) => [.. roles.Select((role, index) =>
    {
        var key = SandboxPerson.KeyOf(role.Name);
        return new AccountPerson(
            index + 1, role.Account, platformKey, key, role.Name, $"{key}@{platformKey}.example", role.Shows, role.Behaviour);
    })];
}
