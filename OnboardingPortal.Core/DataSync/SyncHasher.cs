using System.Buffers.Binary;
using System.Security.Cryptography;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// Turns what is sent of a person into keyed hashes. A person is told from others by their e-mail address, else their telephone number,
/// else all that is sent of them: so that rows of the same person count once, and a list whose rows move keeps its people.
/// </summary>
/// <param name="key">The sync's.</param>
/// <param name="columns">What is sent of a person, in its order.</param>
internal sealed class SyncHasher(byte[] key, IReadOnlyList<MatchKey> columns)
{
    /// <summary>The bytes of a sync's key.</summary>
    public const int KeyLength = 32;

    private readonly int _email = PlaceOf(MatchKey.Email, columns);
    private readonly int _phone = PlaceOf(MatchKey.Phone, columns);

    /// <summary>Who a person is.</summary>
    public UInt128 PersonOf(MatchedPerson person)
    {
        if (_email >= 0 && person.HashOf(_email) is { Length: > 0 } email) return Person(1, email);
        if (_phone >= 0 && person.HashOf(_phone) is { Length: > 0 } phone) return Person(2, phone);
        return Person(3, person.Packed);
    }

    /// <summary>What is sent of a person: none of the values that a roster keeps for itself.</summary>
    public ulong SentOf(MatchedPerson person)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Keyed(4, person.Packed, hash);
        return Math.Max(BinaryPrimitives.ReadUInt64BigEndian(hash), Roster.InDoubt + 1);
    }

    private UInt128 Person(byte kind, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Keyed(kind, bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private void Keyed(byte kind, ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        Span<byte> text = stackalloc byte[bytes.Length + 1];
        text[0] = kind;
        bytes.CopyTo(text[1..]);
        HMACSHA256.HashData(key, text, hash);
    }

    /// <returns>-1 when it is not sent.</returns>
    private static int PlaceOf(MatchKey key, IReadOnlyList<MatchKey> columns) => columns.ToList().IndexOf(key);
}
