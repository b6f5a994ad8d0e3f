using System.Collections.Frozen;
using System.Globalization;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>
/// A date of birth, or what a cell has of one. Where day and month cannot be told apart, both are missing rather than guessed.
/// </summary>
internal readonly record struct BirthDate(int? Year, int? Month, int? Day)
{
    private const int FirstYear = 1900;
    private const int LastYear = 2099;
    private const int LeapYear = 2000;
    private const int MaxParts = 3;
    private const int NotANumber = -1;

    private static readonly FrozenSet<string> MonthFirst = new[] { "US", "PH", "FM", "GU", "MH", "MP", "PR", "PW", "VI" }.ToFrozenSet();

    /// <summary>Countries where both orders are common.</summary>
    private static readonly FrozenSet<string> EitherFirst = new[] { "CA" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, int> Months = new[]
    {
        "january jan januar janner janvier enero gennaio januari", "february feb februar feber fevrier febrero febbraio februari",
        "march mar marz mrz mars marzo maart", "april apr avril abril aprile", "may mai mayo maggio mei", "june jun juni juin junio giugno",
        "july jul juli juillet julio luglio", "august aug aout agosto augustus", "september sep sept septembre septiembre settembre",
        "october oct oktober okt octobre octubre ottobre", "november nov novembre noviembre",
        "december dec dezember dez decembre diciembre dicembre",
    }.SelectMany((names, month) => names.Split(' ').Select(name => (name, Month: month + 1))).ToFrozenDictionary(m => m.name, m => m.Month);

    /// <summary>Reads a whole date or a part of one, in figures or with the month's name in six languages.</summary>
    /// <param name="text">A cell; a time behind a whole date is ignored.</param>
    /// <param name="country">Tells which of day and month comes first between slashes; two upper-case letters, null = not known.</param>
    public static BirthDate Read(ReadOnlySpan<char> text, string? country)
    {
        var parts = Parts(text, out var separator);
        var date = parts switch
        {
            [{ Length: 8 } all] when IsNumber(all) =>
                new(Number(all.AsSpan(0, 4)), Number(all.AsSpan(4, 2)), Number(all.AsSpan(6))),
            [{ Length: 4 } year] when IsNumber(year) => new(Number(year), null, null),
            [var month] when MonthOf(month) is { } named => new(null, named, null),
            [{ Length: 4 } year, var month] when IsNumber(year) => new(Number(year), MonthOf(month) ?? Number(month), null),
            [var month, { Length: 4 } year] when IsNumber(year) => new(Number(year), MonthOf(month) ?? Number(month), null),
            [var month, var day] when MonthOf(month) is { } named => new(null, named, Number(day)),
            [var day, var month] when MonthOf(month) is { } named => new(null, named, Number(day)),
            // Mailchimp's birthday is written so.
            [var month, var day] when separator != '.' => new(null, Number(month), Number(day)),
            [var day, var month] => new(null, Number(month), Number(day)),
            [{ Length: 4 } year, var month, var day] when IsNumber(year) => new(Number(year), MonthOf(month) ?? Number(month), Number(day)),
            [var month, var day, { Length: 4 } year] when MonthOf(month) is { } named => new(Number(year), named, Number(day)),
            [var day, var month, { Length: 4 } year] when MonthOf(month) is { } named => new(Number(year), named, Number(day)),
            [var one, var two, { Length: 4 } year] => Ordered(Number(one), Number(two), Number(year), separator, country),
            _ => default(BirthDate),
        };
        return date.IsOne ? date : default;
    }

    private bool IsOne => Year is null or (>= FirstYear and <= LastYear) && Month is null or (>= 1 and <= 12)
        && (Day is null || (Day >= 1 && Day <= (Month is { } month ? DateTime.DaysInMonth(Year ?? LeapYear, month) : 31)));

    private static BirthDate Ordered(int one, int two, int year, char separator, string? country)
    {
        if (separator == '.' || one > 12 || one == two) return new(year, two, one);
        if (two > 12 || (country is not null && MonthFirst.Contains(country))) return new(year, one, two);
        return country is null || EitherFirst.Contains(country) ? new(year, null, null) : new(year, two, one);
    }

    /// <summary>The groups of digits and of letters before a time, at most <see cref="MaxParts"/>.</summary>
    private static List<string> Parts(ReadOnlySpan<char> text, out char separator)
    {
        separator = ' ';
        List<string> parts = [];
        for (var i = 0; i < text.Length;)
        {
            var from = i;
            while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
            if (i == from)
                while (i < text.Length && char.IsLetter(text[i])) i++;
            if (i > from)
            {
                if (parts.Count == MaxParts) return parts;   // what follows is a time
                parts.Add(text[from..i].ToString());
            }
            else
            {
                if (parts.Count == 1 && separator == ' ') separator = text[i];
                i++;
            }
        }

        return parts;
    }

    private static bool IsNumber(string part) => char.IsAsciiDigit(part[0]);

    private static int Number(ReadOnlySpan<char> part) =>
        part.Length <= 4 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : NotANumber;

    private static int? MonthOf(string part) => Months.TryGetValue(CellText.Key(part), out var month) ? month : null;
}
