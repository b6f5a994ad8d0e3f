namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>Facebook does not let an audience be made or changed.</summary>
/// <param name="Problem">Why.</param>
/// <param name="UserText">Facebook's own words for people; hostile text, null when it gave none.</param>
/// <param name="TraceId">Facebook's id of the call, for its support; null when it gave none.</param>
public sealed record AudienceRefused(AudienceProblem Problem, string? UserText = null, string? TraceId = null) : PortalError
{
    /// <summary>How long Facebook asks to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Which fields Facebook objects to; empty when it did not say.</summary>
    public IReadOnlyList<string> Offending { get; init; } = [];

    /// <inheritdoc />
    public override string TextKey => $"{nameof(AudienceRefused)}{Problem}";
}
