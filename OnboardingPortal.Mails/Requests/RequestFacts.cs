namespace OnboardingPortal.Mails.Requests;

/// <summary>What the mail with a request's link is made of.</summary>
/// <param name="RequesterName">The person who asks; null when clients do not read their name.</param>
/// <param name="Message">Markdown; hostile as every text from outside.</param>
/// <param name="Platforms">Names of the platforms asked for.</param>
/// <param name="ExpiresAt">When the link dies, UTC.</param>
/// <param name="Link">The link.</param>
/// <param name="IsSample">Whether the contents are made up, which the mail then says.</param>
public sealed record RequestFacts(
    string? RequesterName, string Message, IReadOnlyList<string> Platforms, DateTimeOffset ExpiresAt, Uri Link, bool IsSample = false)
{
    /// <summary>Whether it reminds of a mail sent before.</summary>
    public bool IsReminder { get; init; }

    /// <summary>Where its recipient stops reminders; null = nowhere.</summary>
    public Uri? StopLink { get; init; }
}
