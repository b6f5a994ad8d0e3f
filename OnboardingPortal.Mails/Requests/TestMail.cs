using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>The request's mail with made-up contents, to the main user who asked for it.</summary>
internal sealed class TestMail(SampleRequestMail samples, RequestLetters letters) : IMail
{
    public EmailKind Kind => EmailKind.Test;

    public Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        var (agency, brand) = mail.Letterhead;
        var (name, email) = mail.Letterhead.Requesters.GetValueOrDefault(mail.Message.About.As<AgencyUserId>()?.Value ?? 0);
        var sample = samples.Make(
            brand, agency.IncludeRequesterName ? name : null, agency.DefaultMessageIn(mail.Language), mail.Language);
        return Task.FromResult<Letter?>(letters.Write(mail.Letterhead, sample, email));
    }
}
