using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Users;

/// <summary>
/// To a user: what they sign in with was changed, by themselves, by a main user, or by somebody who should not have. It says what the audit
/// entry says. Nothing when the user is gone.
/// </summary>
internal sealed class SignInChangedMail(
    PortalDbContextFactory contexts, PortalAddress address, IStringLocalizer<AccountEmailTexts> text) : IMail
{
    public EmailKind Kind => EmailKind.SignInChanged;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        var id = mail.Message.About.As<AuditEventId>();
        var change = await db.AuditEvents.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, cancellationToken);
        var user = await db.Users.AsNoTracking()
            .SingleOrDefaultAsync(u => u.AgencyId == mail.Message.AgencyId && u.Email == mail.Message.To, cancellationToken);
        if (change is null || user is null) return null;

        var when = user.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? TimeZoneInfo.ConvertTime(change.At, zone).ToString("f", CultureInfo.CurrentCulture)
            : $"{change.At.UtcDateTime.ToString("f", CultureInfo.CurrentCulture)} UTC";
        var by = change.ActorId == user.Id ? "" : change.ActorName;
        return new Letter(
            new EmailBranding(mail.Agency.Name), text["ChangedSubject"], text["ChangedHeading"],
            new PortalLines(text[$"Changed{change.Kind}", user.DisplayName, by, change.Detail ?? ""]), text["ChangedButton"],
            new Uri(address.Public, "account/sessions"))
        {
            Notes = [change.Address is { } from ? text["ChangedWhenAndWhere", when, from] : text["ChangedWhen", when]],
            Footer = [text["ChangedNotYou", mail.Agency.Name], text["ChangedReason"]],
        };
    }
}
