using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Email;

/// <summary>The section <c>Email</c>.</summary>
public sealed class EmailOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Email";

    /// <summary>How mails leave: <c>Pickup</c> writes <c>.eml</c> files into the folder <c>mail</c> of the data directory.</summary>
    [Required]
    [AllowedValues("Pickup", ErrorMessage = "Email:Transport must be Pickup.")]
    public string Transport { get; set; } = "Pickup";

    /// <summary>The address that mails come from.</summary>
    [Required]
    [EmailAddress]
    public string FromAddress { get; set; } = "onboarding@portal.example";
}

[OptionsValidator]
internal sealed partial class EmailOptionsValidator : IValidateOptions<EmailOptions>;
