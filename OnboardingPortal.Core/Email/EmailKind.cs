namespace OnboardingPortal.Core.Email;

/// <summary>Which mail it is. Stored by name.</summary>
public enum EmailKind
{
    /// <summary>To a recipient: the onboarding request.</summary>
    Request,

    /// <summary>To the requester: a client completed it.</summary>
    Completed,

    /// <summary>To the requester: somebody with a dead link asks for a new one.</summary>
    NewLinkAsked,
}

/// <summary>How far a mail is. Stored by name.</summary>
public enum EmailState
{
    /// <summary>Waits for its next attempt, or is being sent under a lease.</summary>
    Queued,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Given up after the last attempt.</summary>
    Dead,
}
