using OnboardingPortal.Core.Platforms.Google;

namespace OnboardingPortal.Sandbox.Google;

/// <inheritdoc cref="SandboxApp" />
public static class GoogleApp
{
    public const string SheetsKey = "googlesheets";
    public const string SheetsSection = "GoogleSheets";
    public const string AdsKey = "googleads";
    public const string AdsSection = "GoogleAds";

    public const string ClientId = "109800000000-sandbox.apps.googleusercontent.com";
    public const string ClientSecret = "sandbox-google-client-secret";

    /// <summary>What the agency's manager account would be given for the Google Ads API.</summary>
    public const string DeveloperToken = "sandbox-google-developer-token";

    /// <summary>
    /// Path of Google as Google Sheets has it: <c>o/oauth2/v2/auth</c>, <c>token</c>, <c>revoke</c>, <c>v1/userinfo</c> or <c>v4/…</c>
    /// follows.
    /// </summary>
    public const string SheetsPath = "/sandbox/googlesheets";

    /// <summary>Path of Google as Google Ads has it: the same sign-in, or <c>v25/…</c> follows.</summary>
    public const string AdsPath = "/sandbox/googleads";

    internal static void Configure(GoogleSheetsOptions options)
    {
        Configure(options, SheetsPath);
        options.ApiAddress = SandboxAddresses.Within(SheetsPath);
    }

    internal static void Configure(GoogleAdsOptions options)
    {
        Configure(options, AdsPath);
        options.DeveloperToken = DeveloperToken;
        options.LoginCustomerId = null;
        options.ApiAddress = SandboxAddresses.Within(AdsPath);
    }

    private static void Configure(GoogleOptions options, string path)
    {
        options.ClientId = ClientId;
        options.ClientSecret = ClientSecret;
        options.AuthorizeAddress = options.TokenAddress = options.UserInfoAddress = SandboxAddresses.Within(path);
    }
}
