namespace OnboardingPortal.Core.DataSync;

/// <summary>What keeps a sync from running. Each has a sentence, somebody who acts, and a way forward. Stored by name.</summary>
public enum SyncProblem
{
    /// <summary>The sign-in, key or token of the list's account is dead.</summary>
    SourceSignInOver,

    /// <summary>The list's account lets its people not be read: a permission or its edition.</summary>
    SourceRefused,

    /// <summary>The list's account has no interface for programs: its edition.</summary>
    EditionWithoutApi,

    /// <summary>The list is gone.</summary>
    ListGone,

    /// <summary>A column is gone.</summary>
    ColumnGone,

    /// <summary>A header was renamed.</summary>
    HeaderRenamed,

    /// <summary>A field that the list's people are chosen by is gone.</summary>
    FilterFieldGone,

    /// <summary>The Google Ads account has no lead forms.</summary>
    NoLeadForms,

    /// <summary>The list's platform has too many calls for now.</summary>
    SourceQuota,

    /// <summary>The list's platform does not answer sensibly.</summary>
    SourceTrouble,

    /// <summary>The list has nobody to send, and an audience is never emptied by itself.</summary>
    NobodyToSend,

    /// <summary>Nobody meets the conditions of the sync, and an audience is never emptied by itself.</summary>
    NobodyMeetsFilter,

    /// <summary>The ad account is no longer shared with the agency.</summary>
    AdAccountLost,

    /// <summary>The agency's Facebook user must sign in again.</summary>
    FacebookSignInOver,

    /// <summary>The ad account is disabled.</summary>
    AccountDisabled,

    /// <summary>The ad account's owner has not accepted the terms for customer lists.</summary>
    TermsNotAccepted,

    /// <summary>Another business must accept the terms for customer lists.</summary>
    TermsOfOtherBusiness,

    /// <summary>The terms of the business tools are not accepted.</summary>
    BusinessToolsTerms,

    /// <summary>The agency may not write on the ad account.</summary>
    NoWriteRight,

    /// <summary>The ad account is in no business portfolio.</summary>
    NoBusiness,

    /// <summary>Facebook objects to the audience, often to its name.</summary>
    AudienceFlagged,

    /// <summary>Facebook objects to the audience for good.</summary>
    AudienceBeyondRepair,

    /// <summary>The audience is gone.</summary>
    AudienceGone,

    /// <summary>The ad account has its 500 audiences already.</summary>
    TooManyAudiences,

    /// <summary>People cannot be taken out: the audience would be too small.</summary>
    TooSmallToRemove,

    /// <summary>Facebook's session ended before all was sent.</summary>
    SessionExpired,

    /// <summary>The list is too big to replace an audience with.</summary>
    TooBigToReplace,

    /// <summary>The ad account's calls are used up for now.</summary>
    Quota,

    /// <summary>Facebook has trouble of its own, or did not understand what was sent.</summary>
    FacebookTrouble,
}
