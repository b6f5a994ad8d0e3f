using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>The section <c>Platforms:Facebook</c>.</summary>
public sealed class FacebookOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Platforms:Facebook";

    /// <summary>The app's id from Meta's dashboard; empty = Facebook is not available.</summary>
    public string AppId { get; set; } = "";

    /// <summary>The app's secret.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>
    /// For <i>Facebook Login for Business</i>: the configuration that clients are asked with, instead of single permissions; null = classic
    /// login.
    /// </summary>
    public string? ClientConfigurationId { get; set; }

    /// <summary>The configuration that the agency's own user signs in with, on the same terms.</summary>
    public string? AgencyConfigurationId { get; set; }

    /// <summary>The version in every address, e.g. <c>v25.0</c>.</summary>
    [RegularExpression(@"^v\d{1,3}\.\d$")]
    public string ApiVersion { get; set; } = FacebookDefaults.ApiVersion;

    /// <summary>Where people sign in; relative = within the portal.</summary>
    [Required]
    public Uri LoginAddress { get; set; } = FacebookDefaults.LoginAddress;

    /// <summary>Where the server calls; relative = within the portal.</summary>
    [Required]
    public Uri GraphAddress { get; set; } = FacebookDefaults.GraphAddress;

    /// <summary>Where people give a partner access by hand; relative = within the portal.</summary>
    [Required]
    public Uri BusinessSettingsAddress { get; set; } = FacebookDefaults.BusinessSettingsAddress;
}

[OptionsValidator]
internal sealed partial class FacebookOptionsValidator : IValidateOptions<FacebookOptions>;
