namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// How many events of a day concerned no mail of this portal. They belong to no agency, and nothing is kept of what they said.
/// </summary>
public sealed class UnmatchedEvents
{
    private UnmatchedEvents()
    {
    }

    /// <summary>The day on which they came, UTC, as <see cref="DateOnly.DayNumber"/>.</summary>
    public int Day { get; private set; }

    /// <summary>How many; an event that is told again counts again.</summary>
    public long Count { get; private set; }
}
