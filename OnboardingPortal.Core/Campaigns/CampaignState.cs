namespace OnboardingPortal.Core.Campaigns;

/// <summary>How far a draft is. Stored by name.</summary>
public enum CampaignState
{
    /// <summary>It is being made.</summary>
    Making,

    /// <summary>An answer was lost: whether it is made is being looked for, and it is made once.</summary>
    OutcomeUnknown,

    /// <summary>It stands at Facebook, and does not run.</summary>
    Paused,

    /// <summary>Facebook refused it; nothing of it is left there, or what is left is being deleted.</summary>
    Refused,

    /// <summary>Somebody started it in Ads Manager.</summary>
    Started,

    /// <summary>Somebody deleted it at Facebook.</summary>
    Gone,

    /// <summary>It was deleted here, and is gone at Facebook.</summary>
    Removed,
}
