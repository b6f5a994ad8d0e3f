using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Users;

/// <summary>To somebody invited to work for the agency. Nothing when the invitation was accepted, cancelled or has expired.</summary>
internal sealed class InvitationMail(
    PortalDbContextFactory contexts, InvitationTokens invitations, IStringLocalizer<AccountEmailTexts> text, TimeProvider clock) : IMail
{
    public EmailKind Kind => EmailKind.Invitation;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        var id = mail.Message.About.As<InvitationId>();
        var invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (invitation is not { TokenProtected: { } token } || !invitation.IsOpenAt(clock.GetUtcNow())) return null;
        var (by, agency) = (invitation.InvitedByName, mail.Agency.Name);
        return new Letter(
            new EmailBranding(agency), text["InvitationSubject", agency], text["InvitationHeading", by, agency],
            new PortalLines(text["InvitationBody", agency]), text["InvitationButton"], invitations.LinkOf(token))
        {
            Notes = [text["InvitationSignIn", invitation.Email]],
            Footer =
            [
                text["InvitationExpiry", invitation.ExpiresAt.ToString("D", CultureInfo.CurrentCulture)],
                text["InvitationReason", by, agency],
            ],
        };
    }
}
