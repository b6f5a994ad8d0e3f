namespace OnboardingPortal.Core.Kernel;

/// <summary>Who sees whose requests within an agency. Stored by name.</summary>
public enum RequestVisibility
{
    /// <summary>Every user sees every request.</summary>
    Everyone,

    /// <summary>Each user, main or not, sees the requests they sent and no others.</summary>
    OnlyRequester,
}
