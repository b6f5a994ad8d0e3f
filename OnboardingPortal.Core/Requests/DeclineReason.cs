namespace OnboardingPortal.Core.Requests;

/// <summary>Why a client does not connect a platform. Stored by name.</summary>
public enum DeclineReason
{
    /// <summary>They do not use it.</summary>
    NotUsed,

    /// <summary>They use it, but may not grant access.</summary>
    NotAllowed,
}
