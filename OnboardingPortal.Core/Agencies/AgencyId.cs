namespace OnboardingPortal.Core.Agencies;

/// <summary>An agency: the tenant that every row belongs to.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct AgencyId(long Value) : IId<AgencyId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static AgencyId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static AgencyId From(long value) => new(value);

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
