namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Facts about Facebook, read in November 2026.</summary>
public static class FacebookDefaults
{
    /// <summary>The platform's key.</summary>
    public static readonly PlatformKey Key = new("facebook");

    /// <summary>The version of the Graph and Marketing API that the calls were written for; available until 2028-07-29.</summary>
    /// <seealso href="https://developers.facebook.com/docs/graph-api/changelog/versions" />
    public const string ApiVersion = "v25.0";

    /// <summary>Where people sign in.</summary>
    public static readonly Uri LoginAddress = new("https://www.facebook.com/");

    /// <summary>Where the server calls.</summary>
    public static readonly Uri GraphAddress = new("https://graph.facebook.com/");

    /// <summary>Where people see their businesses, and give a partner access by hand.</summary>
    public static readonly Uri BusinessSettingsAddress = new("https://business.facebook.com/settings/");

    /// <summary>Where apps are registered.</summary>
    public static readonly Uri ConsoleAddress = new("https://developers.facebook.com/apps/");

    /// <summary>What a client is asked for, to share assets.</summary>
    /// <seealso href="https://developers.facebook.com/docs/permissions" />
    public static readonly IReadOnlyList<string> ClientPermissions =
        ["public_profile", "email", "business_management", "ads_management", "pages_show_list", "pages_read_engagement",
            "pages_manage_metadata"];

    /// <summary>What the agency's own user is asked for.</summary>
    public static readonly IReadOnlyList<string> AgencyPermissions = [.. ClientPermissions, "ads_read", "pages_manage_ads"];

    /// <summary>Without these nothing can be shared; the others may be refused.</summary>
    public static readonly IReadOnlyList<string> NeededPermissions = ["business_management", "ads_management", "pages_show_list"];

    /// <summary>What the agency may do with a shared asset: run ads and see their results.</summary>
    /// <seealso href="https://developers.facebook.com/docs/business-management-apis/business-asset-management/guides/business-to-business" />
    public static readonly IReadOnlyList<string> SharedTasks = ["ADVERTISE", "ANALYZE"];

    /// <summary>How long before its end the token of the agency's user is renewed: Facebook cannot renew one that has ended.</summary>
    public static readonly TimeSpan RenewAhead = TimeSpan.FromDays(14);

    /// <summary>Rows a page that Graph is asked for.</summary>
    public const int PageSize = 100;

    /// <summary>The most pages read of one list, so that a platform that never ends cannot hold us.</summary>
    public const int MaxPages = 100;
}
