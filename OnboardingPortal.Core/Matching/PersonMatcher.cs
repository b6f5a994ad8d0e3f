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
    private const string HashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>The most values of a column that are remembered; a column of few values has less, and another is not worth it.</summary>
    private const int MaxKnown = 4_096;

    private const int MaxKnownLength = 64;
    private const int ShortLength = 256;

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
        var cells = new string[_keys.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = Known(i, values[i], text);
            if (cell.Skipped is { } reason) _skipped.Count(reason);
            cells[i] = cell.Text;
        }

        return new(cells, CanBeFound(cells));
    }

    private KnownCell Known(int column, string? value, Span<char> text)
    {
        if (string.IsNullOrWhiteSpace(value)) return new("", null);
        if (_known[column] is not { } known) return Read(_keys[column], value, text);
        if (known.TryGetValue(value, out var cell)) return cell;
        cell = Read(_keys[column], value, text);
        if (known.Count < MaxKnown && value.Length <= MaxKnownLength) known.Add(value, cell);
        return cell;
    }

    private KnownCell Read(MatchKey key, string value, Span<char> into)
    {
        var text = value.AsSpan().Trim();
        if (FormulaErrors.Has(text)) return new("", SkipReason.FormulaError);
        if (key == MatchKey.ExternalId) return new(CellText.Whole(value), null);
        if (Cell.IsHash(text)) return TakenHash(key, text.ToString().ToLowerInvariant());
        if (text.Length > CellText.MaxLength) return new("", Cell.ReasonOf(key));
        var length = Cell.Write(key, text, _country, into);
        return length > 0 ? new(Hash(into[..length]), null) : new("", Cell.ReasonOf(key));
    }

    /// <summary>A hash where none is expected is no value: hashed again it would find nobody.</summary>
    private KnownCell TakenHash(MatchKey key, string hash) =>
        _takesHashes && hash != HashOfNothing ? new(hash, null) : new("", _takesHashes ? SkipReason.NothingLeft : Cell.ReasonOf(key));

    private static string Hash(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= ShortLength ? stackalloc byte[ShortLength] : new byte[length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
        return Convert.ToHexStringLower(hash);
    }

    private static bool HasFewValues(MatchKey key) => key is MatchKey.State or MatchKey.Country or MatchKey.Gender
        or MatchKey.BirthYear or MatchKey.BirthMonth or MatchKey.BirthDay;

    private bool CanBeFound(string[] cells) =>
        Has(cells, MatchKey.Email) || Has(cells, MatchKey.Phone)
        || (Has(cells, MatchKey.FirstName) && Has(cells, MatchKey.LastName)
            && (Has(cells, MatchKey.City) || Has(cells, MatchKey.PostalCode)
                || (Has(cells, MatchKey.BirthYear) && Has(cells, MatchKey.BirthMonth) && Has(cells, MatchKey.BirthDay))));

    private bool Has(string[] cells, MatchKey key) => Array.IndexOf(_keys, key) is >= 0 and var column && cells[column].Length > 0;

    /// <summary>A cell that is sent, or empty with the reason it is left out for.</summary>
    private readonly record struct KnownCell(string Text, SkipReason? Skipped);
}
