namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>Graph's answers to calls of custom audiences, whose limits are counted by ad account.</summary>
/// <param name="allowances">Where they are counted.</param>
/// <param name="adAccount">Whose; null while it is not known which.</param>
/// <param name="points">What the call costs.</param>
internal sealed class AudienceDialect(AudienceAllowances allowances, string? adAccount, int points) : PlatformDialect(FacebookDefaults.Key)
{
    public override bool RefusesByStatus => false;

    public override PlatformFailure? FailureOf(PlatformResponse response) =>
        FacebookDialect.Instance.FailureOf(response) ?? (IsPage(response.Body) ? Failure(PlatformFailureKind.Transient) : null);

    public override TimeSpan? PauseAfter(PlatformResponse response, DateTimeOffset now)
    {
        if (adAccount is not null)
            allowances.Note(adAccount, points, response, FacebookDialect.Instance.FailureOf(response) is { IsOfAdAccount: true }, now);
        return FacebookDialect.Instance.PauseOfPerson(response, now);
    }

    public override TimeSpan Reserve(DateTimeOffset now) =>
        adAccount is null ? TimeSpan.Zero : allowances.Reserve(adAccount, points, now);

    /// <summary>Whether a page for people came in place of an answer, as Graph's outer servers send one in passing trouble.</summary>
    private static bool IsPage(byte[] body) => body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
}
