using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core;

/// <summary>The section <c>Portal</c>.</summary>
public sealed class PortalOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Portal";

    /// <summary>Where SQLite, pickup mails and keys lie; made when missing. Relative to the working directory.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>The address that people reach the portal under, used in links and callbacks; null = the first listening address.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>The master key of platform credentials: 32 bytes in base64; null = a file <c>master.key</c> in the data directory.</summary>
    public string? MasterKey { get; set; }
}

[OptionsValidator]
internal sealed partial class PortalOptionsValidator : IValidateOptions<PortalOptions>;
