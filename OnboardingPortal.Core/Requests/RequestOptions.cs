using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Core.Requests;

/// <summary>The section <c>Requests</c>.</summary>
public sealed class RequestOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Requests";

    /// <summary>
    /// How long a link lives after it was last sent, whatever the agency chose; null = what it chose. Meant for rehearsals and checks.
    /// </summary>
    public TimeSpan? LinkLifetime { get; set; }

    /// <summary>When a link sent at <paramref name="sentAt"/> dies.</summary>
    internal DateTimeOffset ExpiryOf(DateTimeOffset sentAt, LinkLife chosen) => LinkLifetime is { } life
        ? sentAt + life
        : chosen.ExpiryOf(sentAt);
}

internal sealed class RequestOptionsValidator : IValidateOptions<RequestOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestOptions options) =>
        options.LinkLifetime <= TimeSpan.Zero
            ? ValidateOptionsResult.Fail("Requests:LinkLifetime must be positive.")
            : ValidateOptionsResult.Success;
}
