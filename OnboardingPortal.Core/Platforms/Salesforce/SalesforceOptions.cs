using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>The section <c>Platforms:Salesforce</c>.</summary>
public sealed class SalesforceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Platforms:Salesforce";

    /// <summary>The app's consumer key; empty = Salesforce is not available.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The app's consumer secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Where people sign in who name no place of their own; relative = within the portal, for all of them.</summary>
    [Required]
    public Uri LoginAddress { get; set; } = SalesforceDefaults.LoginAddress;

    /// <summary>The version in the addresses of contacts and leads, e.g. <c>v63.0</c>.</summary>
    [RegularExpression(@"^v\d{2,3}\.0$")]
    public string ApiVersion { get; set; } = SalesforceDefaults.ApiVersion;
}

[OptionsValidator]
internal sealed partial class SalesforceOptionsValidator : IValidateOptions<SalesforceOptions>;
