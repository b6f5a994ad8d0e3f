using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Users;

/// <summary>To the main user who made it: a key to the API expires soon. Nothing when it was revoked.</summary>
internal sealed class ApiKeyExpiringMail(
    PortalDbContextFactory contexts, PortalAddress address, IStringLocalizer<AccountEmailTexts> text) : IMail
{
    public EmailKind Kind => EmailKind.ApiKeyExpiring;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        var id = mail.Message.About.As<ApiKeyId>();
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id && k.RevokedAt == null, cancellationToken);
        if (key?.ExpiresAt is not { } expiry) return null;
        return new Letter(
            new EmailBranding(mail.Agency.Name), text["KeySubject", key.Name], text["KeyHeading"],
            new PortalLines(text["KeyBody", key.Name, expiry.UtcDateTime.ToString("f", CultureInfo.CurrentCulture)]), text["KeyButton"],
            new Uri(address.Public, "settings/api"))
        {
            Notes = [text["KeyNote"]],
            Footer = [text["KeyReason", mail.Agency.Name]],
        };
    }
}
