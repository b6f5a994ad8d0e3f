using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Kernel;

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

    /// <summary>Whether people reach the portal by https.</summary>
    public bool IsEncrypted => PublicUrl is { IsAbsoluteUri: true } address && address.Scheme == Uri.UriSchemeHttps;

    /// <summary>
    /// The master key of platform credentials: 32 bytes in base64; null = a file <c>master.key</c> in the data directory.
    /// </summary>
    public string? MasterKey { get; set; }

    /// <summary>
    /// Master keys that still open what they sealed, 32 bytes in base64 each: the next one before the change, the one of before after it.
    /// </summary>
    public IReadOnlyList<string> PreviousMasterKeys { get; set; } = [];

    /// <summary>After how long an agency gets a new data key for its credentials.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan DataKeyLife { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How many days the files of <see cref="Audit.AuditRecord"/> are kept.</summary>
    [Range(1, 3650)]
    public int AuditRecordDays { get; set; } = 365;
}

[OptionsValidator]
internal sealed partial class PortalOptionsValidator : IValidateOptions<PortalOptions>;
