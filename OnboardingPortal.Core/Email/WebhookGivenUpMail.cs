using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.Core.Email;

/// <summary>What the mail about a webhook that was given up is made of.</summary>
/// <param name="AgencyName">Whose webhook.</param>
/// <param name="Host">Where it is; the rest of an address may be a secret.</param>
/// <param name="Since">When it was switched off, UTC.</param>
/// <param name="LastStatus">What it answered last; null for nothing.</param>
/// <param name="Link">Where the button leads.</param>
internal sealed record WebhookGivenUpFacts(string AgencyName, string Host, DateTimeOffset Since, int? LastStatus, Uri Link);

/// <summary>Finds what the mail about a webhook that was given up says.</summary>
internal static class WebhookGivenUpMail
{
    /// <summary>The facts, or null when the webhook was removed or is on again.</summary>
    public static async Task<WebhookGivenUpFacts?> FindAsync(
        PortalDbContext db, EmailMessage mail, Agency agency, PortalAddress address, CancellationToken cancellationToken)
    {
        var id = mail.About.As<WebhookEndpointId>();
        var endpoint = await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.GaveUp, cancellationToken);
        if (endpoint is not { DisabledAt: { } since }) return null;
        var status = await db.WebhookDeliveries.Where(d => d.EndpointId == id && d.LastAttemptAt != null)
            .OrderByDescending(d => d.LastAttemptAt).ThenByDescending(d => d.Id)
            .Select(d => d.LastStatus).FirstOrDefaultAsync(cancellationToken);
        return new WebhookGivenUpFacts(
            agency.Name, new Uri(endpoint.Url).IdnHost, since, status, new Uri(address.Public, "settings/webhooks"));
    }
}

public sealed partial class EmailRenderer
{
    /// <summary>Renders the mail about a webhook that was given up.</summary>
    internal EmailContent Render(string language, WebhookGivenUpFacts facts) => In(language, () =>
    {
        var why = facts.LastStatus == 410
            ? text["WebhookGone"]
            : text["WebhookTried", facts.LastStatus?.ToString(CultureInfo.CurrentCulture) ?? text["WebhookNoAnswer"].Value];
        var since = $"{facts.Since.UtcDateTime.ToString("f", CultureInfo.CurrentCulture)} UTC";
        return Compose(
            facts.AgencyName, text["WebhookSubject", facts.Host], text["WebhookHeading"],
            [text["WebhookWhich", facts.Host], why, text["WebhookSince", since], "", text["WebhookDo"]], [], text["WebhookButton"],
            facts.Link, [text["WebhookReason", facts.AgencyName]]);
    });
}
