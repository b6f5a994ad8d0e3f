using System.Collections;
using System.Globalization;
using System.Resources;

namespace OnboardingPortal.Core.Kernel;

/// <summary>
/// Countries by their ISO 3166-1 codes, two upper-case letters each, with their names in CLDR's words:
/// <see cref="RegionInfo.DisplayName"/> speaks each country's own language where ICU is used.
/// </summary>
public static class Countries
{
    private static readonly ResourceManager Names =
        new("OnboardingPortal.Core.Kernel.CountryNames", typeof(Countries).Assembly);

    /// <summary>The codes of all, in their order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Names.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!.Cast<DictionaryEntry>()
            .Select(entry => (string)entry.Key).Order(StringComparer.Ordinal),
    ];

    /// <summary>The name of a country in the language of the running culture; the code itself when there is none.</summary>
    public static string NameOf(string code) => Names.GetString(code, CultureInfo.CurrentUICulture) ?? code;
}
