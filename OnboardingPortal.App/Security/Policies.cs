namespace OnboardingPortal.App.Security;

/// <summary>Names of the authorization policies. Without one, nobody gets in.</summary>
internal static class Policies
{
    public const string AgencyUser = nameof(AgencyUser);

    public const string MainUser = nameof(MainUser);

    /// <summary>Anybody who is signed in, even if they have to set up a second factor before they may go anywhere else.</summary>
    public const string SignedIn = nameof(SignedIn);
}
