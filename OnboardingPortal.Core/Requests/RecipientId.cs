namespace OnboardingPortal.Core.Requests;

/// <summary>An address that a request was sent to.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct RecipientId(long Value) : IId<RecipientId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static RecipientId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static RecipientId From(long value) => new(value);

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
