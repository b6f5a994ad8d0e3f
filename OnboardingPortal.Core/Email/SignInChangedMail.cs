using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.Core.Email;

/// <summary>The mail that tells users of a change of what they sign in with, so that a change which was not theirs is noticed.</summary>
internal static class SignInChangedMail
{
    /// <summary>Whether the user is mailed about such a change. New recovery codes are a part of setting the app up, and a passkey's name opens nothing.</summary>
    public static bool TellsOf(AuditKind kind) => kind is AuditKind.PasswordChanged or AuditKind.PasswordReset or AuditKind.TwoFactorOn or AuditKind.TwoFactorOff
        or AuditKind.TwoFactorReset or AuditKind.PasskeyAdded or AuditKind.PasskeyRemoved;

    /// <summary>The mail about a change of a user's sign-in, for the transaction that changes it.</summary>
    public static EmailMessage Of(AuditEvent change, AgencyUser user, TimeProvider clock) =>
        new(EmailMessageId.New(clock), user.AgencyId, EmailKind.SignInChanged, user.Email!, user.Language, change.Id.Value, change.At);
}
