using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Accounts;

/// <summary>
/// To the main users: the portal switched a webhook off that no longer answers. Nothing when it was removed or is on again.
/// </summary>
internal sealed class WebhookGivenUpMail(PortalDbContextFactory contexts, PortalAddress address, IStringLocalizer<EmailTexts> text) : IMail
{
    private const int Gone = 410;

    public EmailKind Kind => EmailKind.WebhookGivenUp;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        var id = mail.Message.About.As<WebhookEndpointId>();
        var endpoint = await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.GaveUp, cancellationToken);
        if (endpoint is not { DisabledAt: { } since }) return null;
        var status = await db.WebhookDeliveries.Where(d => d.EndpointId == endpoint.Id && d.LastAttemptAt != null)
            .OrderByDescending(d => d.LastAttemptAt).ThenByDescending(d => d.Id)
            .Select(d => d.LastStatus).FirstOrDefaultAsync(cancellationToken);

        var host = new Uri(endpoint.Url).IdnHost; // the rest of an address may be a secret
        var why = status == Gone
            ? text["WebhookGone"]
            : text["WebhookTried", status?.ToString(CultureInfo.CurrentCulture) ?? text["WebhookNoAnswer"].Value];
        var when = text["WebhookSince", $"{since.UtcDateTime.ToString("f", CultureInfo.CurrentCulture)} UTC"];
        return new Letter(
            new EmailBranding(mail.Agency.Name), text["WebhookSubject", host], text["WebhookHeading"],
            new PortalLines(text["WebhookWhich", host], why, when, "", text["WebhookDo"]), text["WebhookButton"],
            new Uri(address.Public, "settings/webhooks"))
        {
            Footer = [text["WebhookReason", mail.Agency.Name]],
        };
    }
}
