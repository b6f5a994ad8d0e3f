namespace OnboardingPortal.App.Security;

/// <summary>Names of the authorization policies. Without one, nobody gets in.</summary>
internal static class Policies
{
    public const string AgencyUser = nameof(AgencyUser);

    public const string MainUser = nameof(MainUser);
}
