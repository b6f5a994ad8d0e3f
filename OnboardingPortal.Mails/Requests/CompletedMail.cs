using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>To the requester and whom the settings name: a client completed the request, and what came of it.</summary>
internal sealed class CompletedMail(Outcomes outcomes, IStringLocalizer<EmailTexts> text) : IMail
{
    public EmailKind Kind => EmailKind.Completed;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        if (await outcomes.FindAsync(mail, cancellationToken) is not { } request) return null;
        var who = request.CompletedByName!;
        var (granted, all) = Outcomes.Count(request);
        var subject = granted == all ? text["CompletedSubject", who] : text["CompletedPartlySubject", granted, all, who];
        var lead = granted == all
            ? text["CompletedGranted"]
            : granted == 0 ? text["CompletedNothing"] : text["CompletedPartly", granted, all];
        return outcomes.Write(mail, request, subject, text["CompletedHeading", who], lead, text["OutcomeNothing"]);
    }
}
