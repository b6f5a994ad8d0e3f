using OnboardingPortal.Core.Matching.Cells;

namespace OnboardingPortal.Core.Matching;

/// <summary>Guesses what the fields of a list could be sent as, from their names and from what is in them.</summary>
public static class MappingGuess
{
    /// <summary>The most rows that are looked at.</summary>
    public const int MaxRows = 100;

    private const int MaxNameLength = 200;
    private const int LeastValues = 2;
    private const double Half = 0.5;
    private const double Most = 0.8;
    private const double Unnamed = 0.2;

    /// <summary>
    /// Guesses. A column of full names is never guessed, since nobody can tell from outside where a first name ends.
    /// </summary>
    /// <param name="fields">The fields, in the list's order.</param>
    /// <param name="rows">The first people, a value for each field; may be empty. Only <see cref="MaxRows"/> are looked at.</param>
    /// <returns>No key twice, in the order of the keys; a field of whole dates of birth stands for up to three keys.</returns>
    public static IReadOnlyList<GuessedColumn> Of(IReadOnlyList<FieldName> fields, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var looked = rows.Take(MaxRows).ToList();
        var columns = fields.Select((field, place) => new Column(place, field, ValuesOf(looked, place), looked.Count)).ToList();
        var best = columns.SelectMany(column => column.Guesses()).GroupBy(guess => guess.Key)
            .Select(guesses => guesses.MaxBy(guess => guess.Sureness)).ToDictionary(guess => guess.Key, guess => guess.Place);
        if (best.ContainsKey(MatchKey.FirstName) && !best.ContainsKey(MatchKey.LastName)
            && columns.Find(column => column.IsLastName) is { } name) best[MatchKey.LastName] = name.Place;
        return [.. best.OrderBy(guess => guess.Key).Select(guess => new GuessedColumn(guess.Value, guess.Key))];
    }

    private static List<string> ValuesOf(List<IReadOnlyList<string?>> rows, int place) =>
    [
        .. rows.Select(row => row[place]?.Trim()).OfType<string>()
            .Where(value => value.Length is > 0 and <= CellText.MaxLength && !FormulaErrors.Has(value)),
    ];

    /// <summary>A field with the values that are there.</summary>
    private sealed record Column(int Place, FieldName Field, List<string> Values, int Rows)
    {
        /// <summary>A last name beside first ones is often called just Name; its values tell it from a full name.</summary>
        public bool IsLastName => Values.Count > 0 && Share(IsOneName) > Half && Names.Any(FieldWords.IsName);

        private IEnumerable<string> Names => new[] { Field.Name, Field.Key }.Where(name => name.Length <= MaxNameLength);

        private double Filled => Rows == 0 ? 1 : (double)Values.Count / Rows;

        public IEnumerable<Guess> Guesses()
        {
            var (keys, sureness) = Names.Select(FieldWords.Read).Append(FieldWords.Nothing).MaxBy(read => read.Sureness);
            if (keys.Count == 0) return Values.Count >= LeastValues ? FromValues() : [];
            return keys.Where(key => Values.Count == 0 || Share(value => Fits(key, value)) >= Half)
                .Select(key => new Guess(key, Place, sureness * (1 + Filled) / 2));
        }

        /// <summary>A field whose name says nothing: what the values cannot hide, if they differ from person to person.</summary>
        private IEnumerable<Guess> FromValues()
        {
            if (Values.Distinct().Count() < Values.Count * Most) yield break;
            if (Share(value => Cell.Normalise(MatchKey.Email, value, null).Length > 0) >= Most)
                yield return new(MatchKey.Email, Place, Unnamed * Filled);
            else if (Share(value => value is ['+' or '0', ..] && Cell.Normalise(MatchKey.Phone, value, null).Length > 0) >= Most)
                yield return new(MatchKey.Phone, Place, Unnamed * Filled);
        }

        private double Share(Func<string, bool> fits) => (double)Values.Count(fits) / Values.Count;

        private static bool Fits(MatchKey key, string value) => key switch
        {
            MatchKey.Phone => value.Count(char.IsDigit) is >= 5 and <= 20 && !value.Contains('@', StringComparison.Ordinal),
            MatchKey.FirstName or MatchKey.LastName => IsOneName(value),
            MatchKey.City or MatchKey.State => value.Any(char.IsLetter) && !value.Contains('@', StringComparison.Ordinal),
            MatchKey.BirthMonth or MatchKey.BirthDay => Cell.Normalise(key, value, "GB").Length > 0,
            _ => Cell.Normalise(key, value, null).Length > 0,
        };

        private static bool IsOneName(string value) => value.Any(char.IsLetter) && !value.Any(c => char.IsDigit(c) || c is '@' or ' ');
    }

    private readonly record struct Guess(MatchKey Key, int Place, double Sureness);
}

/// <summary>How a field is called.</summary>
/// <param name="Key">By the platform, e.g. <c>merge_fields.FNAME</c>.</param>
/// <param name="Name">By people; hostile text.</param>
public sealed record FieldName(string Key, string Name);

/// <summary>What a field could be sent as.</summary>
/// <param name="Field">The place of the field in the list, from 0.</param>
/// <param name="Key">What it could be sent as.</param>
public readonly record struct GuessedColumn(int Field, MatchKey Key);
