using System.Collections.Frozen;
using System.Globalization;
using PhoneNumbers;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>
/// What of a country's numbering plan can be told from the first digits and the length, so that the common ways to write a number need
/// none of the library's patterns. What it reads, the library reads alike; what it is not sure of, it leaves to the library.
/// </summary>
internal sealed class NumberingPlan
{
    private const int MaxDigits = 17;
    private const int Codes = 1000;
    private const string American = "1";
    private const string DialledFromHome = "00";

    /// <summary>The library's one instance; it may be used by several threads.</summary>
    public static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>Countries whose numbers may begin with the digit that is dialled before them.</summary>
    private static readonly FrozenSet<string> WithAmbiguousTrunk = new[] { "BG", "ID", "IN", "RW", "TH", "UY" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, NumberingPlan> ByCountry = Read();

    private static readonly NumberingPlan?[] ByCode =
    [
        .. Enumerable.Range(0, Codes).Select(code => ByCountry.GetValueOrDefault(Library.GetRegionCodeForCountryCode(code))),
    ];

    private readonly string _code;
    private readonly string[] _prefixes;
    private readonly string _international;
    private readonly uint _lengths;
    private readonly bool _hasAmbiguousTrunk;

    private NumberingPlan(PhoneMetadata country)
    {
        _code = country.CountryCode.ToString(CultureInfo.InvariantCulture);
        _prefixes = country.NationalPrefixForParsing is { Length: > 0 } prefixes ? prefixes.Split('|') : [];
        _international = country.InternationalPrefix;
        _lengths = LengthsOf(country) & LengthsOf(Library.GetMetadataForRegion(Library.GetRegionCodeForCountryCode(country.CountryCode)));
        _hasAmbiguousTrunk = WithAmbiguousTrunk.Contains(country.Id);
    }

    /// <summary>Reads a telephone number that is written in one of the common ways.</summary>
    /// <param name="text">The number, without blanks around it.</param>
    /// <param name="country">The default country, two upper-case letters; null = none.</param>
    /// <param name="into">Gets the digits, the country's first.</param>
    /// <returns>How many digits were written; 0 when the library has to say.</returns>
    public static int Write(ReadOnlySpan<char> text, string? country, Span<char> into)
    {
        Span<char> buffer = stackalloc char[MaxDigits];
        if (DigitsOf(text, buffer, out var isInternational) is not (>= PhoneCell.LeastDigits and var length)) return 0;
        ReadOnlySpan<char> digits = buffer[..length];
        var home = country is null ? null : ByCountry.GetValueOrDefault(country);
        if (!isInternational && digits.StartsWith(DialledFromHome) && (country is null || home?._international == DialledFromHome))
        {
            isInternational = true;
            digits = digits[DialledFromHome.Length..];
        }

        if (!isInternational) return home?.WriteNational(digits, into) ?? 0;
        var code = 0;
        for (var i = 0; i < 3 && i < digits.Length; i++)
        {
            code = (code * 10) + (digits[i] - '0');
            if (code == 0) return 0;
            if (ByCode[code] is { } plan) return plan.WriteSignificant(digits[(i + 1)..], into);
        }

        return 0;
    }

    private static int DigitsOf(ReadOnlySpan<char> text, Span<char> digits, out bool isInternational)
    {
        isInternational = false;
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '(' && text[i..].StartsWith(PhoneCell.Trunk) && IsDroppedAfter(digits[..length], isInternational))
            {
                i += PhoneCell.Trunk.Length - 1;
            }
            else if (char.IsAsciiDigit(c))
            {
                if (length == digits.Length) return 0;
                digits[length++] = c;
            }
            else if (c == '+' && length == 0 && !isInternational)
            {
                isInternational = true;
            }
            else if (c is not (' ' or '-' or '.' or '/' or '(' or ')'))
            {
                return 0;
            }
        }

        return length;
    }

    /// <summary>Whether a zero in brackets does not belong to the number.</summary>
    private static bool IsDroppedAfter(ReadOnlySpan<char> digits, bool isInternational) => isInternational
        ? digits is not PhoneCell.Italian
        : digits.StartsWith(DialledFromHome) && digits[DialledFromHome.Length..] is not PhoneCell.Italian;

    private static FrozenDictionary<string, NumberingPlan> Read() => Library.GetSupportedRegions()
        .Select(region => Library.GetMetadataForRegion(region))
        .Where(country => !country.HasNationalPrefixTransformRule
            && country.NationalPrefixForParsing.All(c => char.IsAsciiDigit(c) || c == '|'))
        .ToFrozenDictionary(country => country.Id, country => new NumberingPlan(country));

    private static uint LengthsOf(PhoneMetadata country) =>
        country.GeneralDesc.PossibleLengthList.Where(length => length > 0).Aggregate(0u, (lengths, length) => lengths | (1u << length));

    /// <summary>Writes a number as it is dialled in the country itself.</summary>
    private int WriteNational(ReadOnlySpan<char> digits, Span<char> into)
    {
        // It may have the country's code without a plus sign, or what is dialled before the code of another country.
        if (digits.StartsWith(_code) || digits.StartsWith(DialledFromHome)) return 0;
        if (_international != DialledFromHome && (_code != American || digits[0] == '0')) return 0;
        return _prefixes is [{ Length: 1 } trunk] && trunk == American && digits[0] == trunk[0]
            ? WriteSignificant(digits[1..], into)
            : WriteSignificant(digits, into);
    }

    /// <summary>Writes a number behind its country's code; the zero that is dialled in the country only is dropped.</summary>
    private int WriteSignificant(ReadOnlySpan<char> digits, Span<char> into)
    {
        if (digits is ['0', ..] && _prefixes is ["0", ..] && !_hasAmbiguousTrunk) digits = digits[1..];
        if (digits.Length >= 32 || (_lengths & (1u << digits.Length)) == 0 || digits.StartsWith(DialledFromHome)) return 0;
        foreach (var prefix in _prefixes)
            if (digits.StartsWith(prefix)) return 0;

        _code.CopyTo(into);
        digits.CopyTo(into[_code.Length..]);
        return _code.Length + digits.Length;
    }
}
