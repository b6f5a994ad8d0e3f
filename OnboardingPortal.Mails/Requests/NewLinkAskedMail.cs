using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>To the requester: somebody with a dead link asks for a new one. Nothing when the request is deleted.</summary>
internal sealed class NewLinkAskedMail(PortalDbContextFactory contexts, PortalAddress address, IStringLocalizer<EmailTexts> text) : IMail
{
    public EmailKind Kind => EmailKind.NewLinkAsked;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        var id = mail.Message.About.As<RequestId>();
        var asked = await db.Requests.Where(r => r.Id == id && r.Status != RequestStatus.Deleted)
            .Select(r => new { r.Id, r.FirstRecipient }).SingleOrDefaultAsync(cancellationToken);
        if (asked is null) return null;
        return new Letter(
            new EmailBranding(mail.Agency.Name), text["NewLinkSubject"], text["NewLinkHeading"],
            new PortalLines(text["NewLinkBody", text.Recipient(asked.FirstRecipient)]), text["NewLinkButton"],
            address.OfRequest(asked.Id))
        {
            Footer = [text["RequesterReason"]],
        };
    }
}
