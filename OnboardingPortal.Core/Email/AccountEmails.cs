using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Email;

/// <summary>
/// The mails to people who work for an agency, or are to: invitations, new passwords, changed sign-ins and keys that expire. They look like
/// the portal, not like the agency's white label.
/// </summary>
public sealed class AccountEmails(
    PortalDbContextFactory contexts, InvitationTokens invitations, PasswordResets resets, IStringLocalizer<AccountEmailTexts> text,
    IStringLocalizer<EmailTexts> layoutText, PortalAddress address, TimeProvider clock)
{
    /// <summary>Renders a mail; no content when what it is about is over: an invitation accepted or cancelled, a user gone.</summary>
    internal async Task<RenderedEmail> RenderAsync(EmailMessage mail, Agency agency, CancellationToken cancellationToken)
    {
        var language = mail.Language ?? agency.Language;
        if (mail.Kind == EmailKind.PasswordReset)
        {
            var link = await resets.LinkAsync(mail.About.As<AgencyUserId>() ?? default, mail.To, cancellationToken);
            return new RenderedEmail(
                agency.Name, null,
                link is var (user, address) ? EmailRenderer.In(language, () => PasswordReset(agency.Name, user, address)) : null);
        }

        await using var db = contexts.Create(mail.AgencyId);
        if (mail.Kind == EmailKind.SignInChanged)
        {
            var about = mail.About.As<AuditEventId>();
            var change = await db.AuditEvents.AsNoTracking().SingleOrDefaultAsync(e => e.Id == about, cancellationToken);
            var user = await db.Users.AsNoTracking()
                .SingleOrDefaultAsync(u => u.AgencyId == mail.AgencyId && u.Email == mail.To, cancellationToken);
            return new RenderedEmail(
                agency.Name, null,
                change is null || user is null ? null : EmailRenderer.In(language, () => SignInChanged(agency.Name, user, change)));
        }

        if (mail.Kind == EmailKind.ApiKeyExpiring)
        {
            var about = mail.About.As<ApiKeyId>();
            var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == about && k.RevokedAt == null, cancellationToken);
            return new RenderedEmail(
                agency.Name, null, key?.ExpiresAt is null ? null : EmailRenderer.In(language, () => ApiKeyExpiring(agency.Name, key)));
        }

        var id = mail.About.As<InvitationId>();
        var invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        return new RenderedEmail(agency.Name, null, invitation is { TokenProtected: { } token } && invitation.IsOpenAt(clock.GetUtcNow())
            ? EmailRenderer.In(language, () => Invitation(agency.Name, invitation, invitations.LinkOf(token)))
            : null);
    }

    private EmailContent Invitation(string agencyName, Invitation invitation, Uri link) => Compose(
        agencyName, text["InvitationSubject", agencyName], text["InvitationHeading", invitation.InvitedByName, agencyName],
        text["InvitationBody", agencyName], text["InvitationSignIn", invitation.Email], text["InvitationButton"], link,
        [text["InvitationExpiry", invitation.ExpiresAt.ToString("D", CultureInfo.CurrentCulture)],
            text["InvitationReason", invitation.InvitedByName, agencyName]]);

    private EmailContent PasswordReset(string agencyName, AgencyUser user, Uri link) => Compose(
        agencyName, text["ResetSubject"], text["ResetHeading"], text["ResetBody", user.DisplayName, user.Email!], text["ResetEffect"],
        text["ResetButton"], link,
        [text["ResetExpiry", PasswordResets.LinkLife.TotalHours], text["ResetReason"]]);

    private EmailContent SignInChanged(string agencyName, AgencyUser user, AuditEvent change)
    {
        var when = user.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? TimeZoneInfo.ConvertTime(change.At, zone).ToString("f", CultureInfo.CurrentCulture)
            : $"{change.At.UtcDateTime.ToString("f", CultureInfo.CurrentCulture)} UTC";
        var by = change.ActorId == user.Id ? "" : change.ActorName;
        return Compose(
            agencyName, text["ChangedSubject"], text["ChangedHeading"],
            text[$"Changed{change.Kind}", user.DisplayName, by, change.Detail ?? ""],
            change.Address is { } from ? text["ChangedWhenAndWhere", when, from] : text["ChangedWhen", when], text["ChangedButton"],
            new Uri(address.Public, "account/sessions"),
            [text["ChangedNotYou", agencyName], text["ChangedReason"]]);
    }

    private EmailContent ApiKeyExpiring(string agencyName, ApiKey key) => Compose(
        agencyName, text["KeySubject", key.Name], text["KeyHeading"],
        text["KeyBody", key.Name, key.ExpiresAt!.Value.UtcDateTime.ToString("f", CultureInfo.CurrentCulture)],
        text["KeyNote"], text["KeyButton"], new Uri(address.Public, "settings/api"), [text["KeyReason", agencyName]]);

    private EmailContent Compose(
        string agencyName, string subject, string heading, string message, string note, string button, Uri link,
        IReadOnlyList<string> footer) => EmailLayout.Compose(
        new EmailLook(agencyName),
        new EmailParts(subject, heading, EmailLayout.Paragraphs([message]), message, [note], button, link, footer), layoutText);
}
