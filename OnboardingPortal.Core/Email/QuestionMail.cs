using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>What the mail with a client's question is made of.</summary>
/// <param name="AgencyName">Whose request it is about.</param>
/// <param name="Question">The question; hostile text.</param>
/// <param name="Who">Who asks; hostile text.</param>
/// <param name="Email">Where answers go; an address nobody has verified.</param>
/// <param name="PlatformName">The platform it is about; null = the request as a whole.</param>
/// <param name="Recipient">Whom the request went to; empty for nobody by mail.</param>
/// <param name="Link">Where the button leads.</param>
internal sealed record QuestionFacts(
    string AgencyName, string Question, string Who, string Email, string? PlatformName, string Recipient, Uri Link);

/// <summary>Finds what the mail with a client's question says.</summary>
internal static class QuestionMail
{
    /// <summary>The facts, or null when the request is deleted.</summary>
    public static async Task<QuestionFacts?> FindAsync(
        PortalDbContext db, EmailMessage mail, Agency agency, PlatformCatalog platforms, PortalAddress address,
        CancellationToken cancellationToken)
    {
        var id = mail.About.As<QuestionId>();
        var question = await db.Questions.AsNoTracking().SingleOrDefaultAsync(q => q.Id == id, cancellationToken);
        if (question is null) return null;
        var asked = await db.Requests.Where(r => r.Id == question.RequestId && r.Status != RequestStatus.Deleted)
            .Join(db.Participants.Where(p => p.Id == question.ParticipantId), r => r.Id, p => p.RequestId,
                (r, p) => new { r.FirstRecipient, p.Name, p.Email })
            .SingleOrDefaultAsync(cancellationToken);
        return asked is null
            ? null
            : new QuestionFacts(
                agency.Name, question.Text, asked.Name, asked.Email, question.Platform is { } platform ? platforms.NameOf(platform) : null,
                asked.FirstRecipient,
                new Uri(address.Public, $"collaboration/requests/{question.RequestId}"));
    }
}

public sealed partial class EmailRenderer
{
    /// <summary>
    /// Renders the mail with a client's question. In the plain text each of its lines bears a mark, so that none passes for a line of ours.
    /// </summary>
    internal EmailContent Render(string language, QuestionFacts facts) => In(language, () =>
    {
        var lines = facts.Question.Split('\n');
        var html =
            $"<div class=\"line\" style=\"padding:0 0 0 12px;border-left:3px solid #cbd5e1\">\n{EmailLayout.Paragraphs(lines)}</div>\n";
        List<string> notes = [text["QuestionAnswer", facts.Email], text["QuestionFrom", facts.Who, facts.Email]];
        if (facts.PlatformName is { } platform) notes.Add(text["QuestionAbout", platform]);
        notes.Add(text["CompletedRecipient", facts.Recipient is { Length: > 0 } to ? to : text["CompletedByLink"].Value]);
        return EmailLayout.Compose(
            new EmailLook(facts.AgencyName),
            new EmailParts(
                facts.PlatformName is { } about ? text["QuestionSubjectAbout", facts.Who, about] : text["QuestionSubject", facts.Who],
                text["QuestionHeading", facts.Who],
                html, string.Join('\n', lines.Select(l => $"> {l}")), notes, text["CompletedButton"], facts.Link, [text["QuestionReason"]]),
            text);
    });
}
