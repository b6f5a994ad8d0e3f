namespace OnboardingPortal.Core.Connections;

/// <summary>One way to a platform's sign-in and back.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct ConnectAttemptId(long Value) : IId<ConnectAttemptId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static ConnectAttemptId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static ConnectAttemptId From(long value) => new(value);

    /// <summary>Whether <paramref name="left"/> was made before <paramref name="right"/>.</summary>
    public static bool operator <(ConnectAttemptId left, ConnectAttemptId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> was made after <paramref name="right"/>.</summary>
    public static bool operator >(ConnectAttemptId left, ConnectAttemptId right) => left.Value > right.Value;

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
