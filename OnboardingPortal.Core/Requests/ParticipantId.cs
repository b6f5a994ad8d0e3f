namespace OnboardingPortal.Core.Requests;

/// <summary>Somebody who opened a link and said who they are.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct ParticipantId(long Value) : IId<ParticipantId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static ParticipantId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static ParticipantId From(long value) => new(value);

    /// <summary>Whether <paramref name="left"/> was made before <paramref name="right"/>.</summary>
    public static bool operator <(ParticipantId left, ParticipantId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> was made after <paramref name="right"/>.</summary>
    public static bool operator >(ParticipantId left, ParticipantId right) => left.Value > right.Value;

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
