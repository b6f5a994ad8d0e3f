namespace OnboardingPortal.Core.Campaigns;

/// <summary>The countries that a campaign can be shown in, and what is special about some.</summary>
public static class CampaignCountries
{
    /// <summary>Facebook advertises nowhere there.</summary>
    private static readonly string[] Closed = ["CU", "IR", "KP", "SY"];

    private static readonly string[] European =
    [
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT",
        "RO", "SK", "SI", "ES", "SE",
    ];

    /// <summary>Where Facebook doubles the least budget; others say so, Facebook's own pages do not.</summary>
    private static readonly string[] Doubled = ["CH"];

    /// <summary>All of them, two upper-case letters each.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Countries.All.Except(Closed)];

    /// <summary>Whether it belongs to the European Union, where ads name whom they speak for and who pays.</summary>
    public static bool IsEuropean(string code) => European.Contains(code);

    /// <summary>By how much the least budget is multiplied for these countries.</summary>
    internal static int FactorFor(IEnumerable<string> codes) => codes.Any(Doubled.Contains) ? 2 : 1;
}
