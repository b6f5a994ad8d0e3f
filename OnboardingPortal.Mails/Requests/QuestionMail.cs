using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>To the requester: a client asks something, and answers go to the client. Nothing when the request is deleted.</summary>
internal sealed class QuestionMail(
    PortalDbContextFactory contexts, PlatformCatalog platforms, PortalAddress address, IStringLocalizer<EmailTexts> text) : IMail
{
    public EmailKind Kind => EmailKind.Question;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        var id = mail.Message.About.As<QuestionId>();
        var question = await db.Questions.AsNoTracking().SingleOrDefaultAsync(q => q.Id == id, cancellationToken);
        if (question is null) return null;
        var asked = await db.Requests.Where(r => r.Id == question.RequestId && r.Status != RequestStatus.Deleted)
            .Join(db.Participants.Where(p => p.Id == question.ParticipantId), r => r.Id, p => p.RequestId,
                (r, p) => new { r.FirstRecipient, p.Name, p.Email })
            .SingleOrDefaultAsync(cancellationToken);
        if (asked is null) return null;

        var platform = question.Platform is { } key ? platforms.NameOf(key) : null; // null = the request as a whole
        List<string> notes = [text["QuestionAnswer", asked.Email], text["QuestionFrom", asked.Name, asked.Email]];
        if (platform is not null) notes.Add(text["QuestionAbout", platform]);
        notes.Add(text.SentTo(asked.FirstRecipient));
        return new Letter(
            new EmailBranding(mail.Agency.Name),
            platform is null ? text["QuestionSubject", asked.Name] : text["QuestionSubjectAbout", asked.Name, platform],
            text["QuestionHeading", asked.Name], new Quotation(question.Text), text["CompletedButton"],
            address.OfRequest(question.RequestId))
        {
            ReplyTo = asked.Email, // an address that nobody has verified
            Notes = notes,
            Footer = [text["QuestionReason"]],
        };
    }
}
