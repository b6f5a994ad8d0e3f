namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>Normalises the value of one cell by what it is sent as. A cell knows nothing of its neighbours.</summary>
internal static class Cell
{
    /// <param name="key">What it is sent as.</param>
    /// <param name="text">At most <see cref="CellText.MaxLength"/> characters, without blanks around them. Hostile text.</param>
    /// <param name="country">The default country, two upper-case letters; null = none.</param>
    /// <param name="into">Has room for <see cref="CellText.BufferLength"/> characters.</param>
    /// <returns>How many characters were written; 0 when the cell is left out.</returns>
    public static int Write(MatchKey key, ReadOnlySpan<char> text, string? country, Span<char> into) => key switch
    {
        MatchKey.Email => EmailCell.Write(text, into),
        MatchKey.Phone => PhoneCell.Write(text, country, into),
        MatchKey.FirstName or MatchKey.LastName => NameCell.Write(text, into),
        MatchKey.City => CellText.WriteLatin(text, into),
        MatchKey.State => StateCell.Write(text, country, into),
        MatchKey.PostalCode => PostalCodeCell.Write(text, country, into),
        MatchKey.Country => CountryCell.Write(text, into),
        MatchKey.Gender => GenderCell.Write(text, into),
        MatchKey.BirthYear or MatchKey.BirthMonth or MatchKey.BirthDay => BirthCell.Write(key, text, country, into),
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "No key."),
    };

    /// <summary>The normalised value of any text; empty when the cell is left out.</summary>
    public static string Normalise(MatchKey key, string? value, string? country)
    {
        var text = value.AsSpan().Trim();
        if (text.Length is 0 or > CellText.MaxLength) return "";
        Span<char> into = stackalloc char[CellText.BufferLength];
        return into[..Write(key, text, country, into)].ToString();
    }

    /// <summary>Why a cell is left out that has no value of its kind.</summary>
    public static SkipReason ReasonOf(MatchKey key) => key switch
    {
        MatchKey.Email => SkipReason.NoAddress,
        MatchKey.Phone => SkipReason.NoPhone,
        MatchKey.PostalCode => SkipReason.NoPostalCode,
        MatchKey.Country => SkipReason.NoCountry,
        MatchKey.Gender => SkipReason.NoGender,
        MatchKey.BirthYear or MatchKey.BirthMonth or MatchKey.BirthDay => SkipReason.NoDate,
        _ => SkipReason.NothingLeft,
    };

    /// <summary>Whether a text is a SHA-256 in hexadecimal digits.</summary>
    public static bool IsHash(ReadOnlySpan<char> text)
    {
        if (text.Length != 64) return false;
        foreach (var c in text)
            if (!char.IsAsciiHexDigit(c)) return false;
        return true;
    }
}
