using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Email;

/// <summary>Puts a queued mail into words at the moment it is sent.</summary>
public sealed class EmailComposer(
    PortalDbContextFactory contexts, EmailRenderer renderer, RequestEmails requestEmails, AccountEmails accountEmails, ClientBrands brands,
    PlatformCatalog platforms,
    PortalAddress address)
{
    /// <summary>What the mails of one batch share.</summary>
    internal Letterheads BeginBatch(IReadOnlyList<EmailMessage> mails, CancellationToken cancellationToken) =>
        new(contexts, brands, mails, cancellationToken);

    /// <summary>The mail's sender, words and answers' address; no content when what it was about is over.</summary>
    internal async Task<RenderedEmail> ComposeAsync(EmailMessage mail, Letterheads letterheads, CancellationToken cancellationToken)
    {
        var letterhead = await letterheads.FindAsync(mail.AgencyId);
        var agency = letterhead.Agency;
        if (mail.Kind is EmailKind.Request or EmailKind.Test) return requestEmails.Render(mail, letterhead);
        if (mail.Kind == EmailKind.Undeliverable) return await requestEmails.RenderUndeliverableAsync(mail, agency, cancellationToken);
        if (mail.Kind is EmailKind.Invitation or EmailKind.PasswordReset or EmailKind.SignInChanged or EmailKind.ApiKeyExpiring)
            return await accountEmails.RenderAsync(mail, agency, cancellationToken);
        await using var db = contexts.Create(mail.AgencyId);
        if (mail.Kind == EmailKind.AccessLost)
        {
            var lost = await AccessLostMail.FindAsync(db, mail, agency, platforms, address, cancellationToken);
            return new RenderedEmail(agency.Name, null, lost is null ? null : renderer.Render(mail.Language ?? agency.Language, lost));
        }

        var language = mail.Language ?? agency.Language;
        if (mail.Kind == EmailKind.Question)
        {
            var question = await QuestionMail.FindAsync(db, mail, agency, platforms, address, cancellationToken);
            return new RenderedEmail(agency.Name, question?.Email, question is null ? null : renderer.Render(language, question));
        }

        if (mail.Kind == EmailKind.WebhookGivenUp)
        {
            var givenUp = await WebhookGivenUpMail.FindAsync(db, mail, agency, address, cancellationToken);
            return new RenderedEmail(agency.Name, null, givenUp is null ? null : renderer.Render(language, givenUp));
        }

        var facts = await OutcomeMails.FindAsync(db, mail, agency, platforms, address, cancellationToken);
        if (facts is null) return new RenderedEmail(agency.Name, null, null);
        if (mail.Kind != EmailKind.PartDone) return new RenderedEmail(agency.Name, null, renderer.Render(mail.Kind, language, facts));
        return new RenderedEmail(agency.Name, null, OutcomeMails.PartOf(mail, facts) is { } part ? renderer.Render(language, part) : null);
    }
}
