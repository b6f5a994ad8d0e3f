namespace OnboardingPortal.App.Features.Users;

/// <summary>What is asked before it is done to a user.</summary>
public enum UserQuestion
{
    /// <summary>Whether to remove them, and who gets their requests.</summary>
    Remove,

    /// <summary>Who gets their requests while they stay.</summary>
    HandOverRequests,

    /// <summary>Whether what they sign in with beside their password is taken away.</summary>
    ResetTwoFactor,

    /// <summary>Whether they become the owner.</summary>
    HandOverOwnership,
}
