using PhoneNumbers;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>
/// A telephone number as the digits of E.164, the country's code first and without a plus sign. It must have a possible length; whether
/// the number is in use nobody can tell from outside.
/// </summary>
internal static class PhoneCell
{
    /// <summary>Shorter numbers are those of emergencies and services.</summary>
    public const int LeastDigits = 5;

    /// <summary>The zero that is dialled in the country only.</summary>
    public const string Trunk = "(0)";

    /// <summary>The country whose numbers keep their zero.</summary>
    public const string Italian = "39";

    /// <returns>How many digits were written; 0 when there is no number, or one without a country.</returns>
    public static int Write(ReadOnlySpan<char> text, string? country, Span<char> into)
    {
        var length = NumberingPlan.Write(text, country, into);
        return length > 0 ? length : CellText.Put(Read(CellText.Composed(text.ToString()), country) ?? "", into);
    }

    /// <summary>The country of a number that is written with its code, two upper-case letters; null when it has none.</summary>
    public static string? CountryOf(string text) => Abroad(CellText.Composed(text)) is { } number
        ? NumberingPlan.Library.GetRegionCodeForNumber(number) ?? NumberingPlan.Library.GetRegionCodeForCountryCode(number.CountryCode)
        : null;

    /// <summary>The code of a number's country, if it is written with it.</summary>
    public static int? CodeOf(string text) => Abroad(CellText.Composed(text))?.CountryCode;

    private static string? Read(string text, string? country)
    {
        // Most cells that are no number have hardly any digits; the library would throw for each of them.
        if (text.Count(char.IsDigit) < LeastDigits) return null;
        if (Abroad(text) is { } abroad) return Digits(abroad);
        if (country is null) return null;
        if (WithoutPlus(text, country) is { } plain) return Digits(plain);
        return Parse(text, country) is { } number && IsPossible(number) ? Digits(number) : null;
    }

    private static PhoneNumber? Abroad(string text) =>
        International(text) is { } international && Parse(international, null) is { } number && IsPossible(number) ? number : null;

    /// <summary>The number with a plus sign and without the zero for calls in its country; null when it has no country's code.</summary>
    private static string? International(string text)
    {
        var digits = text.TrimStart(' ', '(', '\'');
        var number = digits.StartsWith("00", StringComparison.Ordinal) ? $"+{digits[2..]}"
            : text.AsSpan().IndexOfAny('+', '\uff0b') is >= 0 and var plus ? $"+{text[(plus + 1)..]}"
            : null;
        return number?.StartsWith($"+{Italian}", StringComparison.Ordinal) == false
            ? number.Replace(Trunk, "", StringComparison.Ordinal) : number;
    }

    /// <summary>
    /// A number that begins with its country's code where it would begin with a zero if it had none. The library reads the code as a part
    /// of the number there.
    /// </summary>
    private static PhoneNumber? WithoutPlus(string text, string country)
    {
        var library = NumberingPlan.Library;
        return library.GetMetadataForRegion(country) is { NationalPrefixForParsing: "0", CountryCode: var code }
            && text.StartsWith(code.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            && Parse($"+{text}", null) is { } number && library.IsValidNumber(number) ? number : null;
    }

    private static PhoneNumber? Parse(string text, string? country)
    {
        try
        {
            return NumberingPlan.Library.Parse(text, country);
        }
        catch (NumberParseException)
        {
            return null; // the library's only way to say that a text is no number
        }
    }

    /// <summary>A number that can be dialled in its own town only does not name a person.</summary>
    private static bool IsPossible(PhoneNumber number) =>
        NumberingPlan.Library.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;

    private static string Digits(PhoneNumber number) => NumberingPlan.Library.Format(number, PhoneNumberFormat.E164).TrimStart('+');
}
