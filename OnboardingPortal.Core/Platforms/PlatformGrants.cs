namespace OnboardingPortal.Core.Platforms;

/// <summary>What a platform gives the agency; each value is a step of the wizard, in this order. Stored by name.</summary>
public enum PlatformGrants
{
    /// <summary>Single assets that are shared with the agency's own account, such as ad accounts and Pages.</summary>
    Assets,

    /// <summary>A whole account, authorised for data sync.</summary>
    Account,
}
