namespace OnboardingPortal.Core.Email;

/// <summary>A mail in the outbox.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct EmailMessageId(long Value) : IId<EmailMessageId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static EmailMessageId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static EmailMessageId From(long value) => new(value);

    /// <summary>Whether <paramref name="left"/> was written before <paramref name="right"/>.</summary>
    public static bool operator <(EmailMessageId left, EmailMessageId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> was written after <paramref name="right"/>.</summary>
    public static bool operator >(EmailMessageId left, EmailMessageId right) => left.Value > right.Value;

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
