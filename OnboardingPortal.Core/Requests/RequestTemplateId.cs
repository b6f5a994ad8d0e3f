namespace OnboardingPortal.Core.Requests;

/// <summary>A saved template of requests.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct RequestTemplateId(long Value) : IId<RequestTemplateId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static RequestTemplateId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static RequestTemplateId From(long value) => new(value);

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
