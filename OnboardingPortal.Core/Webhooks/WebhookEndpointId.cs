namespace OnboardingPortal.Core.Webhooks;

/// <summary>An address that hears of what happens.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct WebhookEndpointId(long Value) : IId<WebhookEndpointId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static WebhookEndpointId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static WebhookEndpointId From(long value) => new(value);

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
