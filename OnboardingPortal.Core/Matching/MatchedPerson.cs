using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace OnboardingPortal.Core.Matching;

/// <summary>What of a person is sent: a SHA-256 for each key that they have a value of. The default has none.</summary>
public readonly struct MatchedPerson
{
    /// <summary>The bytes of a hash.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    private const int FlagsLength = sizeof(ushort);
    private readonly byte[]? _packed;

    internal MatchedPerson(ushort keys, ReadOnlySpan<byte> hashes, bool canBeFound)
    {
        _packed = new byte[FlagsLength + hashes.Length];
        BinaryPrimitives.WriteUInt16BigEndian(_packed, keys);
        hashes.CopyTo(_packed.AsSpan(FlagsLength));
        CanBeFound = canBeFound;
    }

    /// <summary>
    /// Whether the person can be told from others by what is sent: an e-mail address, a telephone number, or a first and a last name
    /// together with a city, a postal code or a whole date of birth. Name and country are not enough, because namesakes of the same
    /// country would enter the audience.
    /// </summary>
    public bool CanBeFound { get; }

    /// <summary>
    /// All that is sent, in one piece: which of the matcher's keys have a hash (2 bytes, big-endian, the first key is the lowest bit), then
    /// the hashes in the keys' order.
    /// </summary>
    internal ReadOnlySpan<byte> Packed => _packed;

    /// <summary>The hash of one value; empty where there is nothing to send.</summary>
    /// <param name="key">The place among the matcher's keys.</param>
    public ReadOnlySpan<byte> HashOf(int key)
    {
        if (_packed is null) return [];
        var keys = BinaryPrimitives.ReadUInt16BigEndian(_packed);
        return (keys & (1 << key)) == 0
            ? []
            : _packed.AsSpan(FlagsLength + (HashLength * BitOperations.PopCount((uint)(keys & ((1 << key) - 1)))), HashLength);
    }

    /// <summary>Nothing of a person: it must not end up in a log by accident.</summary>
    public override string ToString() => nameof(MatchedPerson);
}
