namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>A Facebook user that an agency connected.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct AgencyFacebookUserId(long Value) : IId<AgencyFacebookUserId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static AgencyFacebookUserId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static AgencyFacebookUserId From(long value) => new(value);

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
