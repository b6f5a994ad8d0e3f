namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>Facts about Google, read in November 2026.</summary>
public static class GoogleDefaults
{
    /// <summary>The key of Google Sheets.</summary>
    public static readonly PlatformKey SheetsKey = new("googlesheets");

    /// <summary>The key of Google Ads.</summary>
    public static readonly PlatformKey AdsKey = new("googleads");

    /// <summary>Where people sign in.</summary>
    /// <seealso href="https://developers.google.com/identity/protocols/oauth2/web-server" />
    public static readonly Uri AuthorizeAddress = new("https://accounts.google.com/");

    /// <summary>Where tokens are made, renewed and revoked.</summary>
    public static readonly Uri TokenAddress = new("https://oauth2.googleapis.com/");

    /// <summary>Where people say who they are.</summary>
    /// <seealso href="https://openid.net/specs/openid-connect-core-1_0.html#UserInfo" />
    public static readonly Uri UserInfoAddress = new("https://openidconnect.googleapis.com/");

    /// <summary>Where spreadsheets are read.</summary>
    public static readonly Uri SheetsAddress = new("https://sheets.googleapis.com/");

    /// <summary>Where Google Ads is read.</summary>
    public static readonly Uri AdsAddress = new("https://googleads.googleapis.com/");

    /// <summary>
    /// The version of the Google Ads API that the calls were written for, of 2026-07-22; a version lives for about 18 months.
    /// </summary>
    public const string AdsApiVersion = "v25";

    /// <summary>Where apps are registered.</summary>
    public static readonly Uri ConsoleAddress = new("https://console.cloud.google.com/apis/credentials");

    /// <summary>To know who signed in; nobody can refuse them alone.</summary>
    public static readonly IReadOnlyList<string> PersonScopes = ["openid", "email", "profile"];

    /// <summary>To read spreadsheets: all of them, as Google cannot list them for a choice.</summary>
    /// <seealso href="https://developers.google.com/workspace/sheets/api/scopes" />
    public const string SheetsScope = "https://www.googleapis.com/auth/spreadsheets.readonly";

    /// <summary>To read Google Ads. There is no scope for reading alone: that nothing is written is up to this code.</summary>
    public const string AdsScope = "https://www.googleapis.com/auth/adwords";

    /// <summary>
    /// How long Google is left alone after too many calls where it does not say for how long: quotas count by the minute.
    /// </summary>
    /// <seealso href="https://developers.google.com/workspace/sheets/api/limits" />
    public static readonly TimeSpan QuotaPause = TimeSpan.FromMinutes(1);

    /// <summary>The most advertising accounts whose names are asked for.</summary>
    public const int MaxNames = 3;
}
