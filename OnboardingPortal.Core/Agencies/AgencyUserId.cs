namespace OnboardingPortal.Core.Agencies;

/// <summary>A person who works for an agency and signs in.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct AgencyUserId(long Value) : IId<AgencyUserId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static AgencyUserId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static AgencyUserId From(long value) => new(value);

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
