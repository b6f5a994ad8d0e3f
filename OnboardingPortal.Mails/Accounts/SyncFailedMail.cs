using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Accounts;

/// <summary>To whom the settings name: a data sync has failed. Nothing when it was deleted or is well again.</summary>
internal sealed class SyncFailedMail(PortalDbContextFactory contexts, PortalAddress address, IStringLocalizer<EmailTexts> text) : IMail
{
    public EmailKind Kind => EmailKind.SyncFailed;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        var id = mail.Message.About.As<AudienceSyncId>();
        var sync = await db.AudienceSyncs.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (sync is not { Problem: not null, ProblemSince: { } since }) return null;
        var when = $"{since.UtcDateTime.ToString("f", CultureInfo.CurrentCulture)} UTC";
        return new Letter(
            new EmailBranding(mail.Agency.Name), text["SyncSubject", sync.ListName], text["SyncHeading"],
            new PortalLines(
                text["SyncWhich", sync.ListName, sync.AudienceName], text["SyncSince", when], text["SyncGoesOn"], "", text["SyncDo"]),
            text["SyncButton"], new Uri(address.Public, $"data-sync/{sync.Id}"))
        {
            Footer = [text["SettingsReason", mail.Agency.Name]],
        };
    }
}
