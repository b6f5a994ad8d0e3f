using System.Security.Cryptography;

namespace OnboardingPortal.Core.Work;

/// <summary>How long something that failed is left alone before it is tried again: the more often it failed, the longer.</summary>
internal sealed class Pauses
{
    private readonly TimeSpan[] _steps;
    private readonly double _least;
    private readonly double _most;

    private Pauses(TimeSpan[] steps, double least, double most)
    {
        _steps = steps;
        _least = least;
        _most = most;
    }

    /// <summary>The pauses one after the other; the last one stays.</summary>
    public static Pauses Of(params TimeSpan[] steps) => new(steps, 1, 1);

    /// <summary>Each pause is twice as long as the one before, up to the longest.</summary>
    public static Pauses Doubling(TimeSpan first, TimeSpan longest)
    {
        var steps = new List<TimeSpan>();
        for (var step = first; step < longest; step *= 2) steps.Add(step);
        return new([.. steps, longest], 1, 1);
    }

    /// <summary>The same by chance shorter or longer, so that what failed at one instant does not come back at one instant.</summary>
    /// <param name="least">The shortest as a part of the pause, such as 0.75.</param>
    /// <param name="most">The longest as a part of the pause, such as 1.25.</param>
    public Pauses Spread(double least, double most) => new(_steps, least, most);

    /// <summary>How long to wait after that many failures in a row, at least 1.</summary>
    public TimeSpan After(int failures)
    {
        var step = _steps[Math.Min(failures, _steps.Length) - 1];
        return step * (_least + ((_most - _least) * RandomNumberGenerator.GetInt32(1000) / 1000));
    }
}
