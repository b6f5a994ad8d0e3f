using System.Collections.Concurrent;

namespace OnboardingPortal.Core.Platforms;

/// <summary>Who asked to be left alone, and until when. A pause holds for all who share what the platform counts by.</summary>
internal sealed class PlatformPauses(TimeProvider clock)
{
    /// <summary>The longest pause that is obeyed: a platform that names a year is asked again the next day.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private const int Many = 10_000;
    private readonly ConcurrentDictionary<(PlatformKey Platform, string CountedBy), DateTimeOffset> _until = new();

    /// <summary>How long still to wait; zero when calls may be made.</summary>
    public TimeSpan Left(PlatformKey platform, string countedBy)
    {
        if (!_until.TryGetValue((platform, countedBy), out var until)) return TimeSpan.Zero;
        var left = until - clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Notes that the platform wants a pause.</summary>
    public void Note(PlatformKey platform, string countedBy, TimeSpan pause)
    {
        var now = clock.GetUtcNow();
        if (_until.Count >= Many)
        {
            foreach (var over in _until.Where(p => p.Value <= now)) _until.TryRemove(over);
        }

        _until[(platform, countedBy)] = now + (pause < Longest ? pause : Longest);
    }
}
