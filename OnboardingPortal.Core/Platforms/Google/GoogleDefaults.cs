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

    /// <summary>How many rows of a sheet are read at a time.</summary>
    public const int SheetRows = 5_000;

    /// <summary>How many rows are read at a time at most, once a window was empty.</summary>
    public const int MostSheetRows = 40_000;

    /// <summary>How often a sheet is read anew that gets shorter meanwhile.</summary>
    public const int MaxRestarts = 2;

    /// <summary>How often a person may read spreadsheets in a minute.</summary>
    /// <seealso href="https://developers.google.com/workspace/sheets/api/limits" />
    public const int SheetReadsAMinute = 60;

    /// <summary>The most advertising accounts of a person that lead forms are looked for in.</summary>
    public const int MaxCustomers = 20;

    /// <summary>How long Google Ads keeps what people filled in at a lead form.</summary>
    /// <seealso href="https://support.google.com/google-ads/answer/12080108" />
    public static readonly TimeSpan LeadsKept = TimeSpan.FromDays(60);

    /// <summary>
    /// The most bytes of an answer of Google Ads, whose pages have 10,000 rows whatever one wants; one with many fields needs about a
    /// thousand.
    /// </summary>
    public const int LongestAdsAnswer = 24 * 1024 * 1024;

    /// <summary>How many people of lead forms can be read a minute: an estimate from 10,000 in about three seconds.</summary>
    public const int LeadsAMinute = 200_000;
}
