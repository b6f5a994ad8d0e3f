namespace OnboardingPortal.Core.Matching;

/// <summary>Counts what is left out, by reason. Several threads may count at once.</summary>
public sealed class SkipCounter
{
    private readonly long[] _counts = new long[Enum.GetValues<SkipReason>().Length];

    /// <summary>How often each reason was counted so far; a reason that never was is not among them.</summary>
    public IReadOnlyDictionary<SkipReason, long> Totals => Enum.GetValues<SkipReason>()
        .Select(reason => (Reason: reason, Count: Interlocked.Read(ref _counts[(int)reason])))
        .Where(line => line.Count > 0).ToDictionary(line => line.Reason, line => line.Count);

    /// <summary>Counts one.</summary>
    public void Count(SkipReason reason) => Interlocked.Increment(ref _counts[(int)reason]);
}
