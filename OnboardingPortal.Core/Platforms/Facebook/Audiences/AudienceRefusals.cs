namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>Which of Facebook's errors mean which <see cref="AudienceProblem"/>: the one table of them.</summary>
/// <seealso href="https://developers.facebook.com/documentation/ads-commerce/marketing-api/error-reference" />
internal static class AudienceRefusals
{
    /// <summary>A subcode has one meaning under whatever code it comes.</summary>
    private static readonly Dictionary<int, AudienceProblem> BySubcode = new()
    {
        [1870034] = AudienceProblem.TermsNotAccepted,
        [1870090] = AudienceProblem.TermsOfOtherBusiness,
        [1870092] = AudienceProblem.BusinessToolsTerms,
        [1713092] = AudienceProblem.NoWriteRight,
        [1870065] = AudienceProblem.AccountDisabled,
        [1870050] = AudienceProblem.NoBusiness,
        [1713230] = AudienceProblem.Flagged,
        [1713231] = AudienceProblem.Flagged,
        [1713228] = AudienceProblem.BeyondRepair,
        [1487366] = AudienceProblem.AudienceGone,
        [1487301] = AudienceProblem.AudienceNotShared,
        [1870047] = AudienceProblem.TooSmallToRemove,
        [1870145] = AudienceProblem.ReplaceRunning,
        [1870158] = AudienceProblem.ReplaceTimedOut,
        [1870147] = AudienceProblem.FirstBatchMissing,
        [1870159] = AudienceProblem.SessionOver,
        [1870148] = AudienceProblem.NotFullyReplaced,
        [1870144] = AudienceProblem.TooBigToReplace,
    };

    /// <summary>Codes whose subcodes say nothing more: terms under their numbers of old and those for messages.</summary>
    private static readonly Dictionary<int, AudienceProblem> ByCode = new()
    {
        [2655] = AudienceProblem.TermsNotAccepted,
        [2663] = AudienceProblem.TermsNotAccepted,
    };

    /// <summary>What a failure means.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="ofAudience">Whether an audience was called, not an ad account.</param>
    /// <returns>An <see cref="AudienceRefused"/>, or the failure itself where it is nothing of audiences: a sign-in that is over,
    /// trouble.</returns>
    public static PortalError Read(PortalError error, bool ofAudience)
    {
        if (error is not PlatformFailure failure || ProblemOf(failure, ofAudience) is not { } problem) return error;
        return new AudienceRefused(problem, failure.UserText, failure.TraceId) { RetryAfter = failure.RetryAfter };
    }

    private static AudienceProblem? ProblemOf(PlatformFailure failure, bool ofAudience)
    {
        if (BySubcode.TryGetValue(failure.Number?.Subcode ?? 0, out var known)) return known;
        if (ByCode.TryGetValue(failure.Number?.Code ?? 0, out known)) return known;
        return failure.Kind switch
        {
            PlatformFailureKind.RateLimited => AudienceProblem.Quota,
            PlatformFailureKind.PermissionDenied => AudienceProblem.NoWriteRight,
            PlatformFailureKind.NotFound when ofAudience => AudienceProblem.AudienceGone,
            PlatformFailureKind.InvalidRequest => AudienceProblem.Refused,
            _ => null,
        };
    }
}
