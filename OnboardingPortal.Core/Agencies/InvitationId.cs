namespace OnboardingPortal.Core.Agencies;

/// <summary>An invitation to work for an agency.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct InvitationId(long Value) : IId<InvitationId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static InvitationId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static InvitationId From(long value) => new(value);

    /// <summary>Whether <paramref name="left"/> was made before <paramref name="right"/>.</summary>
    public static bool operator <(InvitationId left, InvitationId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> was made after <paramref name="right"/>.</summary>
    public static bool operator >(InvitationId left, InvitationId right) => left.Value > right.Value;

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
