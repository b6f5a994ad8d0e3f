using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>
/// To whom the settings name for completions: a participant did their part and leaves the rest to a colleague. Nothing once the request is
/// over: then another mail says what came of it.
/// </summary>
internal sealed class PartDoneMail(Outcomes outcomes, IStringLocalizer<EmailTexts> text) : IMail
{
    public EmailKind Kind => EmailKind.PartDone;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        if (await outcomes.FindAsync(mail, cancellationToken) is not { Status: RequestStatus.Pending or RequestStatus.Expired } request)
            return null;
        var id = mail.Message.About.As<ParticipantId>();
        if (request.Participants.FirstOrDefault(p => p.Id == id)?.Name is not { } who) return null;
        var (granted, all) = Outcomes.Count(request);
        var letter = outcomes.Write(
            mail, request, text["PartDoneSubject", granted, all, who], text["PartDoneHeading", who], text["PartDoneLead", granted, all],
            text["OutcomeOpen"]);
        return letter with { Notes = [text["PartDoneNext"], .. letter.Notes] };
    }
}
