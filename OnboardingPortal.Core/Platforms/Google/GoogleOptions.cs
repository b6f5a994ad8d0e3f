using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>What each of Google's platforms is configured with.</summary>
public abstract class GoogleOptions
{
    /// <summary>The app's client id; empty = the platform is not available.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The app's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Where people sign in; relative = within the portal.</summary>
    [Required]
    public Uri AuthorizeAddress { get; set; } = GoogleDefaults.AuthorizeAddress;

    /// <summary>Where tokens are made, renewed and revoked; relative = within the portal.</summary>
    [Required]
    public Uri TokenAddress { get; set; } = GoogleDefaults.TokenAddress;

    /// <summary>Where people say who they are; relative = within the portal.</summary>
    [Required]
    public Uri UserInfoAddress { get; set; } = GoogleDefaults.UserInfoAddress;
}

/// <summary>The section <c>Platforms:GoogleSheets</c>.</summary>
public sealed class GoogleSheetsOptions : GoogleOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Platforms:GoogleSheets";

    /// <summary>Where spreadsheets are read; relative = within the portal.</summary>
    [Required]
    public Uri ApiAddress { get; set; } = GoogleDefaults.SheetsAddress;
}

/// <summary>The section <c>Platforms:GoogleAds</c>.</summary>
public sealed class GoogleAdsOptions : GoogleOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Platforms:GoogleAds";

    /// <summary>The developer token of the agency's manager account; empty = Google Ads is not available.</summary>
    public string DeveloperToken { get; set; } = "";

    /// <summary>
    /// The manager account through which clients' accounts are reached, 10 digits; null = they are reached as the person who signed in.
    /// </summary>
    [RegularExpression(@"^\d{10}$")]
    public string? LoginCustomerId { get; set; }

    /// <summary>The version in every address, e.g. <c>v25</c>.</summary>
    [RegularExpression(@"^v\d{1,3}$")]
    public string ApiVersion { get; set; } = GoogleDefaults.AdsApiVersion;

    /// <summary>Where Google Ads is read; relative = within the portal.</summary>
    [Required]
    public Uri ApiAddress { get; set; } = GoogleDefaults.AdsAddress;
}

[OptionsValidator]
internal sealed partial class GoogleSheetsOptionsValidator : IValidateOptions<GoogleSheetsOptions>;

[OptionsValidator]
internal sealed partial class GoogleAdsOptionsValidator : IValidateOptions<GoogleAdsOptions>;
