using OnboardingPortal.Core.Matching.Cells;

namespace OnboardingPortal.Core.Matching;

/// <summary>Guesses the country of a list's people.</summary>
public static class CountryGuess
{
    private const int LeastNumbers = 2;

    /// <summary>The country of more than half of the telephone numbers that are written with a country's code.</summary>
    /// <param name="phones">
    /// Values of a column of telephone numbers; hostile text. Each is read by the library: give it a page, and not a list.
    /// </param>
    /// <returns>Two upper-case letters; null when less than two numbers have a code, or when no country has more than half.</returns>
    public static string? Of(IEnumerable<string?> phones)
    {
        var countries = phones.OfType<string>().Where(phone => phone.Length <= CellText.MaxLength)
            .Select(phone => CountryCell.CodeOf(PhoneCell.CountryOf(phone))).OfType<string>().ToList();
        var most = countries.CountBy(country => country).OrderByDescending(line => line.Value).FirstOrDefault();
        return most.Value >= LeastNumbers && most.Value * 2 > countries.Count ? most.Key : null;
    }
}
