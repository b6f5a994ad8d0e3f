namespace OnboardingPortal.Bench.Measuring;

/// <summary>One line of the table.</summary>
/// <param name="Reference">What <paramref name="Measured"/> is held against, in the same unit; null when there is nothing.</param>
/// <param name="Target">What was promised; null for a line that only informs.</param>
internal sealed record ResultRow(string What, double Measured, double? Reference, Unit Unit, Target? Target)
{
    public double? Ratio => Measured / Reference;

    /// <summary>Null without a target.</summary>
    public bool? Met => Target?.IsMetBy(Target.Kind == TargetKind.Value ? Measured : Ratio ?? double.NaN);
}

internal enum Unit
{
    Count,
    Bytes,
    Milliseconds,
}

internal enum TargetKind
{
    /// <summary>The measured figure itself.</summary>
    Value,

    /// <summary>The measured figure over the reference.</summary>
    Ratio,
}

/// <param name="AtMost">The bound, still met when reached.</param>
internal sealed record Target(TargetKind Kind, double AtMost)
{
    public static Target RatioAtMost(double bound) => new(TargetKind.Ratio, bound);

    public static Target ValueAtMost(double bound) => new(TargetKind.Value, bound);

    public bool IsMetBy(double figure) => figure <= AtMost;
}
