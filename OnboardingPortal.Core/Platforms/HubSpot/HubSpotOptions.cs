using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.HubSpot;

/// <summary>The section <c>Platforms:HubSpot</c>.</summary>
public sealed class HubSpotOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Platforms:HubSpot";

    /// <summary>The app's client id; empty = HubSpot is not available.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The app's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The version in the addresses of the OAuth calls, e.g. <c>2026-03</c>.</summary>
    [RegularExpression(@"^\d{4}-\d{2}$")]
    public string OAuthVersion { get; set; } = HubSpotDefaults.OAuthVersion;

    /// <summary>Where people sign in; relative = within the portal.</summary>
    [Required]
    public Uri LoginAddress { get; set; } = HubSpotDefaults.LoginAddress;

    /// <summary>Where the server calls; relative = within the portal.</summary>
    [Required]
    public Uri ApiAddress { get; set; } = HubSpotDefaults.ApiAddress;
}

[OptionsValidator]
internal sealed partial class HubSpotOptionsValidator : IValidateOptions<HubSpotOptions>;
