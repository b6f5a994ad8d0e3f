using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Campaigns;

/// <summary>To who drafted a campaign: its client asks something, and answers go to the client. Nothing when the draft is gone.</summary>
internal sealed class CampaignQuestionMail(PortalDbContextFactory contexts, PortalAddress address, IStringLocalizer<EmailTexts> text)
    : IMail
{
    public EmailKind Kind => EmailKind.CampaignQuestion;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        var id = mail.Message.About.As<QuestionId>();
        var question = await db.CampaignQuestions.AsNoTracking().SingleOrDefaultAsync(q => q.Id == id, cancellationToken);
        if (question is null) return null;
        var draft = await db.CampaignDrafts.AsNoTracking().SingleAsync(d => d.Id == question.DraftId, cancellationToken);
        return new Letter(
            new EmailBranding(mail.Agency.Name), text["CampaignQuestionSubject", question.Name, draft.Terms.Name],
            text["CampaignQuestionHeading", question.Name], new Quotation(question.Text), text["CampaignQuestionButton"],
            new Uri(address.Public, $"campaigns/{draft.Id}"))
        {
            ReplyTo = question.Email, // an address that nobody has verified
            Notes = [text["CampaignQuestionAnswer", question.Email], text["CampaignQuestionAbout", draft.Terms.Name, draft.Client]],
            Footer = [text["CampaignQuestionReason"]],
        };
    }
}
