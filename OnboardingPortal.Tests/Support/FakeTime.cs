using Microsoft.Extensions.Time.Testing;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it; timers ring while it moves. It notes how long somebody waits, and can skip waits.
/// </summary>
public sealed class FakeTime() : FakeTimeProvider(Start)
{
    /// <summary>Where every test starts, UTC.</summary>
    public static new readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Whether whoever waits is let go at once, the clock jumping to the end of the wait. A timer that rings again and again is no wait:
    /// the clock would run as fast as the machine.
    /// </summary>
    public bool SkipWaits { get; set; }

    /// <summary>How long each wait was meant to be.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public DateTimeOffset Now => GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime < TimeSpan.Zero) return timer;
        lock (Waits) Waits.Add(dueTime);
        if (SkipWaits && period == Timeout.InfiniteTimeSpan) ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        return timer;
    }
}
