using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.Core.Matching.Cells;

namespace OnboardingPortal.Core.Matching;

/// <summary>
/// Turns the values of people into what an advertising platform finds them by: each value normalised, then hashed. A cell that cannot be
/// read is left out and counted; its neighbours stay. Not for several threads at once.
/// </summary>
public sealed class PersonMatcher
{
    /// <summary>The most values of a column that are remembered; a column of few values has less, and another is not worth it.</summary>
    private const int MaxKnown = 4_096;

    private const int MaxKnownLength = 64;
    private const int ShortLength = 256;

    private static readonly byte[] HashOfNothing = SHA256.HashData([]);

    private readonly MatchKey[] _keys;
    private readonly string? _country;
    private readonly bool _takesHashes;
    private readonly SkipCounter _skipped;
    private readonly Dictionary<string, KnownCell>?[] _known;

    /// <param name="keys">What the values are, in their order; none twice.</param>
    /// <param name="rules">How they are read.</param>
    /// <param name="skipped">
    /// Counts the cells that are left out. <see cref="SkipReason.NobodyToFind"/> and <see cref="SkipReason.Duplicate"/>, which are about a
    /// whole person, are counted by who reads the list.
    /// </param>
    /// <exception cref="ArgumentException">A key comes twice.</exception>
    public PersonMatcher(IReadOnlyList<MatchKey> keys, MatchRules rules, SkipCounter skipped)
    {
        _keys = [.. keys];
        if (_keys.Distinct().Count() < _keys.Length) throw new ArgumentException("A key comes twice.", nameof(keys));
        _country = CountryCell.CodeOf(rules.DefaultCountry);
        _takesHashes = rules.TakesHashes;
        _skipped = skipped;
        _known = [.. _keys.Select(key => HasFewValues(key) ? new Dictionary<string, KnownCell>() : null)];
    }

    /// <summary>What of a person is sent.</summary>
    /// <param name="values">In the order of the keys; null or blank where there is none, and not counted then. Hostile text.</param>
    /// <exception cref="ArgumentException">There are more or less values than keys.</exception>
    public MatchedPerson Match(IReadOnlyList<string?> values)
    {
        if (values.Count != _keys.Length) throw new ArgumentException("There is not one value for each key.", nameof(values));
        Span<char> text = stackalloc char[CellText.BufferLength];
        Span<byte> hashes = stackalloc byte[_keys.Length * MatchedPerson.HashLength];
        var (keys, length) = (0, 0);
        for (var i = 0; i < _keys.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(values[i])) continue;
            if (WriteKnown(i, values[i]!, text, hashes.Slice(length, MatchedPerson.HashLength)) is { } reason)
            {
                _skipped.Count(reason);
                continue;
            }

            keys |= 1 << i;
            length += MatchedPerson.HashLength;
        }

        return new((ushort)keys, hashes[..length], CanBeFound(keys));
    }

    /// <returns>Why there is no hash; null when it was written.</returns>
    private SkipReason? WriteKnown(int column, string value, Span<char> text, Span<byte> hash)
    {
        if (_known[column] is not { } known) return Write(_keys[column], value, text, hash);
        if (known.TryGetValue(value, out var cell))
        {
            cell.Hash.CopyTo(hash);
            return cell.Skipped;
        }

        var skipped = Write(_keys[column], value, text, hash);
        if (known.Count < MaxKnown && value.Length <= MaxKnownLength) known.Add(value, new(skipped is null ? hash.ToArray() : [], skipped));
        return skipped;
    }

    private SkipReason? Write(MatchKey key, string value, Span<char> into, Span<byte> hash)
    {
        var text = value.AsSpan().Trim();
        if (FormulaErrors.Has(text)) return SkipReason.FormulaError;
        if (Cell.IsHash(text)) return WriteTaken(key, text, hash);
        if (text.Length > CellText.MaxLength) return Cell.ReasonOf(key);
        var length = Cell.Write(key, text, _country, into);
        if (length == 0) return Cell.ReasonOf(key);
        WriteHash(into[..length], hash);
        return null;
    }

    /// <summary>A hash where none is expected is no value: hashed again it would find nobody.</summary>
    private SkipReason? WriteTaken(MatchKey key, ReadOnlySpan<char> given, Span<byte> hash)
    {
        if (!_takesHashes) return Cell.ReasonOf(key);
        Convert.FromHexString(given, hash, out _, out _);
        return hash.SequenceEqual(HashOfNothing) ? SkipReason.NothingLeft : null;
    }

    private static void WriteHash(ReadOnlySpan<char> text, Span<byte> hash)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= ShortLength ? stackalloc byte[ShortLength] : new byte[length];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
    }

    private static bool HasFewValues(MatchKey key) => key is MatchKey.State or MatchKey.Country or MatchKey.Gender
        or MatchKey.BirthYear or MatchKey.BirthMonth or MatchKey.BirthDay;

    private bool CanBeFound(int keys) =>
        Has(keys, MatchKey.Email) || Has(keys, MatchKey.Phone)
        || (Has(keys, MatchKey.FirstName) && Has(keys, MatchKey.LastName)
            && (Has(keys, MatchKey.City) || Has(keys, MatchKey.PostalCode)
                || (Has(keys, MatchKey.BirthYear) && Has(keys, MatchKey.BirthMonth) && Has(keys, MatchKey.BirthDay))));

    private bool Has(int keys, MatchKey key) => Array.IndexOf(_keys, key) is >= 0 and var column && (keys & (1 << column)) != 0;

    /// <summary>The hash of a value, or the reason it is left out for.</summary>
    private readonly record struct KnownCell(byte[] Hash, SkipReason? Skipped);
}
