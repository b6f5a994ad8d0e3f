namespace OnboardingPortal.Core.Matching;

/// <summary>What keys are called elsewhere.</summary>
public static class MatchKeys
{
    /// <summary>All keys, in the order of the columns that are sent.</summary>
    public static IReadOnlyList<MatchKey> All { get; } = Enum.GetValues<MatchKey>();

    /// <summary>The column of a custom audience's schema that a key is sent as.</summary>
    /// <seealso href="https://developers.facebook.com/documentation/ads-commerce/marketing-api/audiences/guides/custom-audiences" />
    public static string NameAtFacebook(MatchKey key) => key switch
    {
        MatchKey.Email => "EMAIL",
        MatchKey.Phone => "PHONE",
        MatchKey.FirstName => "FN",
        MatchKey.LastName => "LN",
        MatchKey.City => "CT",
        MatchKey.State => "ST",
        MatchKey.PostalCode => "ZIP",
        MatchKey.Country => "COUNTRY",
        MatchKey.Gender => "GEN",
        MatchKey.BirthYear => "DOBY",
        MatchKey.BirthMonth => "DOBM",
        MatchKey.BirthDay => "DOBD",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "No key."),
    };
}
