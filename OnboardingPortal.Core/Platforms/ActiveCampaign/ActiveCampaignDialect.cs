namespace OnboardingPortal.Core.Platforms.ActiveCampaign;

/// <summary>ActiveCampaign's errors have no uniform shape; the status tells.</summary>
/// <seealso href="https://developers.activecampaign.com/reference/rate-limits" />
internal sealed class ActiveCampaignDialect() : PlatformDialect(ActiveCampaignDefaults.Key)
{
    public static readonly ActiveCampaignDialect Instance = new();

    public override PlatformFailure? FailureOf(PlatformResponse response) => (int)response.Status switch
    {
        401 or 403 => Failure(PlatformFailureKind.AuthExpired), // which of the two a wrong key gets is not documented
        >= 300 and < 400 => Failure(PlatformFailureKind.NotFound), // the API never sends elsewhere: something else answers there
        _ => null,
    };

    public override TimeSpan? PauseAfter(PlatformResponse response, DateTimeOffset now) =>
        base.PauseAfter(response, now) ?? (response.Header("RateLimit-Remaining") == "0" ? ActiveCampaignDefaults.Breather : null);
}
