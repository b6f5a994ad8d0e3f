namespace OnboardingPortal.Core.Webhooks;

/// <summary>One event on its way to one endpoint.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct WebhookDeliveryId(long Value) : IId<WebhookDeliveryId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static WebhookDeliveryId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <summary>Whether <paramref name="left"/> was made before <paramref name="right"/>.</summary>
    public static bool operator <(WebhookDeliveryId left, WebhookDeliveryId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> was made after <paramref name="right"/>.</summary>
    public static bool operator >(WebhookDeliveryId left, WebhookDeliveryId right) => left.Value > right.Value;

    /// <inheritdoc />
    public static WebhookDeliveryId From(long value) => new(value);

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
