namespace OnboardingPortal.Sandbox.Facebook.Campaigns;

/// <summary>The least daily budgets, in the units each currency is counted in.</summary>
internal static class FacebookMoney
{
    public static IReadOnlyDictionary<string, long> Minimums { get; } = new Dictionary<string, long>
    {
        ["CHF"] = 90,
        ["EUR"] = 92,
        ["GBP"] = 80,
        ["HUF"] = 380,
        ["JPY"] = 150,
        ["KRW"] = 1400,
        ["USD"] = 100,
    };

    private static readonly string[] European =
    [
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT",
        "RO", "SK", "SI", "ES", "SE",
    ];

    public static bool IsEuropean(string country) => European.Contains(country);

    /// <summary>Where the minimum is twice as high.</summary>
    public static bool IsDear(string country) => country == "CH";
}
