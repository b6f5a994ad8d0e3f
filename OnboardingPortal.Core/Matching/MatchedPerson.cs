namespace OnboardingPortal.Core.Matching;

/// <summary>What of a person is sent.</summary>
/// <param name="Cells">
/// In the order of the matcher's keys: 64 lower-case hex digits of SHA-256; an <see cref="MatchKey.ExternalId"/> as it is; empty where
/// there is nothing to send.
/// </param>
/// <param name="CanBeFound">
/// Whether the person can be told from others by what is sent: an e-mail address, a telephone number, or a first and a last name together
/// with a city, a postal code or a whole date of birth. Name and country are not enough, because namesakes of the same country would
/// enter the audience; neither is an id of the sender's, which the platform knows only after it was sent beside another key.
/// </param>
public readonly record struct MatchedPerson(IReadOnlyList<string> Cells, bool CanBeFound)
{
    /// <summary>Nothing of a person: it must not end up in a log by accident.</summary>
    public override string ToString() => nameof(MatchedPerson);
}
