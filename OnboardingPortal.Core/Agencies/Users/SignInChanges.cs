using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Users are mailed each change of what they sign in with, so that a change which was not theirs is noticed.</summary>
internal static class SignInChanges
{
    /// <summary>
    /// Adds what happened to a user's account, and the mail about it where it is about their sign-in, to be saved together.
    /// </summary>
    public static void AddWithMail(this PortalDbContext db, AuditEvent change, AgencyUser user, TimeProvider clock)
    {
        db.AuditEvents.Add(change);
        if (!TellsOf(change.Kind)) return;
        var mail = new NewMail(EmailKind.SignInChanged, MailSubject.Of(change.Id), user.Email!, user.Language);
        db.EmailMessages.Add(new EmailMessage(EmailMessageId.New(clock), user.AgencyId, mail, change.At));
    }

    /// <summary>
    /// Whether the user is mailed about such a change. New recovery codes are a part of setting the app up, and a passkey's name opens
    /// nothing.
    /// </summary>
    private static bool TellsOf(AuditKind kind) => kind is AuditKind.PasswordChanged or AuditKind.PasswordReset or AuditKind.TwoFactorOn
        or AuditKind.TwoFactorOff
        or AuditKind.TwoFactorReset or AuditKind.PasskeyAdded or AuditKind.PasskeyRemoved;
}
