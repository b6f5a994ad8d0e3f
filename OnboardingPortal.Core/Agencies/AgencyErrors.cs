namespace OnboardingPortal.Core.Agencies;

/// <summary>A user chosen to be mailed is none of this agency, or is no longer; nothing was saved.</summary>
public sealed record MailedUserUnknown : PortalError;

/// <summary>The user could not be made: the address is taken or the password is too weak.</summary>
/// <param name="Reasons">Why, in the caller's language as far as Identity has it.</param>
public sealed record UserRefused(IReadOnlyList<string> Reasons) : PortalError
{
    /// <summary><c>{0}</c>: the reasons, one sentence each.</summary>
    public override IReadOnlyList<object> Arguments => [string.Join(" ", Reasons)];
}
