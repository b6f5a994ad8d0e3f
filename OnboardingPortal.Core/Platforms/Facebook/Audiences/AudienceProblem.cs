namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>Why Facebook does not let an audience be made or changed. Stored by name.</summary>
public enum AudienceProblem
{
    /// <summary>The owner of the ad account has not accepted the terms for customer lists (200/1870034).</summary>
    TermsNotAccepted,

    /// <summary>The account acts on behalf of another business, which alone can accept the terms (200/1870090).</summary>
    TermsOfOtherBusiness,

    /// <summary>The terms of the business tools are not accepted (200/1870092).</summary>
    BusinessToolsTerms,

    /// <summary>The agency may not write on this ad account (1713092, 200, 10).</summary>
    NoWriteRight,

    /// <summary>The ad account is disabled, or that of a shared audience is (1870065, account status).</summary>
    AccountDisabled,

    /// <summary>The account is in no business portfolio.</summary>
    NoBusiness,

    /// <summary>Facebook objects to the audience, often to its name (1713230, 1713231).</summary>
    Flagged,

    /// <summary>Facebook objects to the audience for good: a new one is needed (1713228).</summary>
    BeyondRepair,

    /// <summary>The audience is not there any more (1487366, 100/33).</summary>
    AudienceGone,

    /// <summary>The audience is not shared with this ad account (1487301).</summary>
    AudienceNotShared,

    /// <summary>The ad account has its 500 audiences already.</summary>
    TooManyAudiences,

    /// <summary>People may not be taken out, because the rest would be too small (200/1870047).</summary>
    TooSmallToRemove,

    /// <summary>Another replacement is under way (2650/1870145).</summary>
    ReplaceRunning,

    /// <summary>The replacement took longer than Facebook waits (2650/1870158).</summary>
    ReplaceTimedOut,

    /// <summary>The replacement's first batch is missing there (2650/1870147).</summary>
    FirstBatchMissing,

    /// <summary>The session is over already (2650/1870159).</summary>
    SessionOver,

    /// <summary>The audience was not fully replaced (2650/1870148).</summary>
    NotFullyReplaced,

    /// <summary>The list is too big to replace an audience with (2650/1870144).</summary>
    TooBigToReplace,

    /// <summary>The ad account's calls are used up for now (80003, 613, 17).</summary>
    Quota,

    /// <summary>Facebook did not understand what was sent.</summary>
    Refused,
}
