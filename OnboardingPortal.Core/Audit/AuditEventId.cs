namespace OnboardingPortal.Core.Audit;

/// <summary>An entry of the audit trail.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct AuditEventId(long Value) : IId<AuditEventId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static AuditEventId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static AuditEventId From(long value) => new(value);

    /// <summary>Whether <paramref name="left"/> was made before <paramref name="right"/>.</summary>
    public static bool operator <(AuditEventId left, AuditEventId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> was made after <paramref name="right"/>.</summary>
    public static bool operator >(AuditEventId left, AuditEventId right) => left.Value > right.Value;

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
