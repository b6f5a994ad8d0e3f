using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Requests;

/// <summary>The section <c>Requests</c>.</summary>
public sealed class RequestOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Requests";

    /// <summary>How long a link lives after it was last sent; null = one calendar month. Meant for rehearsals and checks.</summary>
    public TimeSpan? LinkLifetime { get; set; }

    /// <summary>When a link sent at <paramref name="sentAt"/> dies.</summary>
    internal DateTimeOffset ExpiryOf(DateTimeOffset sentAt) => LinkLifetime is { } life ? sentAt + life : sentAt.AddMonths(1);
}

internal sealed class RequestOptionsValidator : IValidateOptions<RequestOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestOptions options) =>
        options.LinkLifetime <= TimeSpan.Zero ? ValidateOptionsResult.Fail("Requests:LinkLifetime must be positive.") : ValidateOptionsResult.Success;
}
