using System.Globalization;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>A person as they are sent: hashes alone, and the sender's id of them.</summary>
/// <param name="Person">The hashes; none where the id says enough.</param>
/// <param name="Id">By which the person can be taken out later without being known; null where it is not sent.</param>
internal readonly record struct AudienceRow(MatchedPerson Person, UInt128? Id = null)
{
    /// <summary>The characters of an id: lower-case hex digits.</summary>
    public const int IdLength = 32;

    /// <summary>The characters of a hash: lower-case hex digits.</summary>
    public const int HashLength = 2 * MatchedPerson.HashLength;

    /// <summary>Writes the hash of one value.</summary>
    /// <param name="key">The place among the batch's keys.</param>
    /// <param name="into">Has room for <see cref="HashLength"/> characters.</param>
    /// <returns>What was written; empty where there is nothing to send.</returns>
    public ReadOnlySpan<char> WriteHash(int key, Span<char> into)
    {
        Convert.TryToHexStringLower(Person.HashOf(key), into, out var length);
        return into[..length];
    }

    /// <summary>Writes the id.</summary>
    /// <param name="into">Has room for <see cref="IdLength"/> characters.</param>
    /// <returns>What was written; empty where it is not sent.</returns>
    public ReadOnlySpan<char> WriteId(Span<char> into)
    {
        var length = 0;
        Id?.TryFormat(into, out length, "x32", CultureInfo.InvariantCulture);
        return into[..length];
    }

    /// <summary>Nothing of a person: it must not end up in a log by accident.</summary>
    public override string ToString() => nameof(AudienceRow);
}
