namespace OnboardingPortal.Core.Agencies;

/// <summary>A sign-in of a user in one browser.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct UserSessionId(long Value) : IId<UserSessionId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static UserSessionId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static UserSessionId From(long value) => new(value);

    /// <summary>Whether <paramref name="left"/> was made before <paramref name="right"/>.</summary>
    public static bool operator <(UserSessionId left, UserSessionId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> was made after <paramref name="right"/>.</summary>
    public static bool operator >(UserSessionId left, UserSessionId right) => left.Value > right.Value;

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
