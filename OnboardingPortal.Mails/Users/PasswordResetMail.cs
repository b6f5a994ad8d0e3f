using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Users;

/// <summary>
/// To a user who forgot their password, with a link that is made at this moment. Nothing when they are gone or disabled, or their address
/// is another by now.
/// </summary>
internal sealed class PasswordResetMail(PasswordResets resets, IStringLocalizer<AccountEmailTexts> text) : IMail
{
    public EmailKind Kind => EmailKind.PasswordReset;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        if (mail.Message.About.As<AgencyUserId>() is not { } id
            || await resets.LinkAsync(id, mail.Message.To, cancellationToken) is not var (user, link)) return null;
        return new Letter(
            new EmailBranding(mail.Agency.Name), text["ResetSubject"], text["ResetHeading"],
            new PortalLines(text["ResetBody", user.DisplayName, user.Email!]), text["ResetButton"], link)
        {
            Notes = [text["ResetEffect"]],
            Footer = [text["ResetExpiry", PasswordResets.LinkLife.TotalHours], text["ResetReason"]],
        };
    }
}
