namespace OnboardingPortal.App.Features.Users;

/// <summary>What a main user can do with a user; also the names of the words for it.</summary>
public enum UserAction
{
    MakeMainUser,
    MakeSubUser,
    HandOverOwnership,
    HandOverRequests,

    /// <summary>Takes away what they sign in with beside their password.</summary>
    ResetTwoFactor,
    Disable,
    Enable,
    RemoveUser,
}
