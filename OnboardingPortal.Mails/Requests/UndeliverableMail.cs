using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>
/// To the requester: the request's mail did not reach a recipient. Nothing when the request was deleted, or was sent to the recipient again
/// meanwhile.
/// </summary>
internal sealed class UndeliverableMail(PortalDbContextFactory contexts, PortalAddress address, IStringLocalizer<EmailTexts> text) : IMail
{
    public EmailKind Kind => EmailKind.Undeliverable;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        var id = mail.Message.About.As<RecipientId>();
        var recipient = await db.Recipients.AsNoTracking().Where(r => r.Id == id && r.RequestId == mail.Message.RequestId)
            .Where(r => db.Requests.Any(q => q.Id == r.RequestId && q.Status != RequestStatus.Deleted))
            .SingleOrDefaultAsync(cancellationToken);
        if (recipient is not { Delivery: { IsTrouble: true } state }) return null;
        return new Letter(
            new EmailBranding(mail.Agency.Name), text["UndeliverableSubject", recipient.Email],
            text["UndeliverableHeading", recipient.Email],
            new PortalLines(text[$"Undeliverable{state}"], "", text["UndeliverableDo"]), text["CompletedButton"],
            address.OfRequest(recipient.RequestId))
        {
            Notes = recipient.DeliveryText is { } said && !string.IsNullOrWhiteSpace(said)
                ? [text["UndeliverableWords", ForeignText.OneLine(said)]]
                : [],
            Footer = [text["RequesterReason"]],
        };
    }
}
