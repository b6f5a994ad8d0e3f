using System.Collections.Frozen;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails;

/// <summary>Puts a queued mail into words at the moment it is sent, by the class of its kind.</summary>
internal sealed class MailComposer(
    IEnumerable<IMail> mails, LetterRenderer renderer, PortalDbContextFactory contexts, ClientBrands brands) : IMailComposer
{
    private readonly FrozenDictionary<EmailKind, IMail> _mails = mails.ToFrozenDictionary(m => m.Kind);

    public IMailBatch BeginBatch(IReadOnlyList<EmailMessage> mails, CancellationToken cancellationToken) =>
        new Batch(this, new Letterheads(contexts, brands, mails, cancellationToken));

    private Task<ComposedMail?> ComposeAsync(QueuedMail mail, CancellationToken cancellationToken) =>
        MailLanguage.In(mail.Language, async () =>
        {
            var letter = await _mails[mail.Message.Kind].WriteAsync(mail, cancellationToken);
            return letter is null
                ? null
                : new ComposedMail(letter.FromName, letter.ReplyTo, await renderer.RenderAsync(letter))
                {
                    StopLink = letter.IsSample ? null : letter.StopLink,
                };
        });

    private sealed class Batch(MailComposer composer, Letterheads letterheads) : IMailBatch
    {
        public async Task<ComposedMail?> ComposeAsync(EmailMessage mail, CancellationToken cancellationToken) =>
            await composer.ComposeAsync(new QueuedMail(mail, await letterheads.FindAsync(mail.AgencyId)), cancellationToken);
    }
}
