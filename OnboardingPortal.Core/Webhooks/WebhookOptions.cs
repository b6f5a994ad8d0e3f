using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>The section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Webhooks";

    /// <summary>How long an endpoint may take to answer: one second to one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Webhooks:Timeout must lie between 00:00:01 and 00:01:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
