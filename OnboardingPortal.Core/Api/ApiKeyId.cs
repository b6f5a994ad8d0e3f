namespace OnboardingPortal.Core.Api;

/// <summary>A key to the API.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct ApiKeyId(long Value) : IId<ApiKeyId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static ApiKeyId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static ApiKeyId From(long value) => new(value);

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
