namespace OnboardingPortal.Core.Connections;

/// <summary>A grant that is being taken back at its platform.</summary>
/// <param name="Value">The number in the database; 0 never names a row.</param>
public readonly record struct RevocationId(long Value) : IId<RevocationId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static RevocationId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static RevocationId From(long value) => new(value);
}
