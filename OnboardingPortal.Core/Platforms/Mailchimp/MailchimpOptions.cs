using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>The section <c>Platforms:Mailchimp</c>.</summary>
public sealed class MailchimpOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Platforms:Mailchimp";

    /// <summary>The app's client id; empty = Mailchimp is not available.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The app's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Where people sign in and tokens are made; relative = within the portal.</summary>
    [Required]
    public Uri LoginAddress { get; set; } = MailchimpDefaults.LoginAddress;
}

[OptionsValidator]
internal sealed partial class MailchimpOptionsValidator : IValidateOptions<MailchimpOptions>;
