namespace OnboardingPortal.Core.Platforms.ActiveCampaign;

/// <summary>Facts about ActiveCampaign, read in November 2026.</summary>
public static class ActiveCampaignDefaults
{
    /// <summary>The platform's key.</summary>
    public static readonly PlatformKey Key = new("activecampaign");

    /// <summary>
    /// What an account's host ends with: the regions' API, and where people work in the browser. ActiveCampaign documents no complete list,
    /// hence it is configurable.
    /// </summary>
    /// <seealso href="https://developers.activecampaign.com/reference/url" />
    public static readonly IReadOnlyList<string> HostSuffixes =
        [".api-us1.com", ".api-us2.com", ".api-ca1.com", ".api-eu1.com", ".api-au1.com", ".api-ap1.com", ".activehosted.com"];

    /// <summary>The time one call may take; shorter than elsewhere, because the address was typed by somebody.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>The pause after the last call that is allowed within a second: five, shared by all keys of an account.</summary>
    /// <seealso href="https://developers.activecampaign.com/reference/rate-limits" />
    public static readonly TimeSpan Breather = TimeSpan.FromSeconds(1);

    /// <summary>The most rows that a page can have.</summary>
    /// <seealso href="https://developers.activecampaign.com/reference/pagination" />
    public const int MaxPage = 100;

    /// <summary>How many people can be read a minute: five pages a second.</summary>
    public const int PeopleAMinute = 5 * MaxPage * 60;
}
