using System.Collections;
using System.Globalization;
using System.Resources;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>The countries that a campaign can be shown in, and what is special about some.</summary>
public static class CampaignCountries
{
    private static readonly string[] European =
    [
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT",
        "RO", "SK", "SI", "ES", "SE",
    ];

    /// <summary>Where Facebook doubles the least budget; others say so, Facebook's own pages do not.</summary>
    private static readonly string[] Dear = ["CH"];

    /// <summary>
    /// Their names by their codes, in CLDR's words, since <see cref="RegionInfo.DisplayName"/> speaks each country's own language where ICU
    /// is used. Facebook advertises nowhere in Cuba, Iran, North Korea and Syria.
    /// </summary>
    private static readonly ResourceManager Names =
        new("OnboardingPortal.Core.Campaigns.CountryNames", typeof(CampaignCountries).Assembly);

    private static readonly Lazy<IReadOnlyList<string>> Codes = new(
        () => [.. Names.GetResourceSet(CultureInfo.InvariantCulture, true, true)!.Cast<DictionaryEntry>().Select(e => (string)e.Key).Order(
            StringComparer.Ordinal)]);

    /// <summary>All of them, two upper-case letters each.</summary>
    public static IReadOnlyList<string> All => Codes.Value;

    /// <summary>The name of a country in the language of the running culture; the code itself when there is none.</summary>
    public static string NameOf(string code) => Names.GetString(code, CultureInfo.CurrentUICulture) ?? code;

    /// <summary>Whether it belongs to the European Union, where ads name whom they speak for and who pays.</summary>
    public static bool IsEuropean(string code) => European.Contains(code);

    /// <summary>By how much the least budget is multiplied for these countries.</summary>
    internal static int FactorFor(IEnumerable<string> codes) => codes.Any(Dear.Contains) ? 2 : 1;
}
