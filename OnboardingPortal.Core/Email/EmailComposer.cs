using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>Puts a queued mail into words at the moment it is sent.</summary>
public sealed class EmailComposer(
    PortalDbContextFactory contexts, EmailRenderer renderer, RequestEmails requestEmails, AccountEmails accountEmails, PlatformCatalog platforms, PortalAddress address)
{
    /// <summary>The mail's sender, words and answers' address; no content when what it was about is over.</summary>
    internal async Task<RenderedEmail> ComposeAsync(EmailMessage mail, CancellationToken cancellationToken)
    {
        if (mail.Kind is EmailKind.Request or EmailKind.Test or EmailKind.Undeliverable) return await requestEmails.RenderAsync(mail, cancellationToken);
        if (mail.Kind is EmailKind.Invitation or EmailKind.PasswordReset) return await accountEmails.RenderAsync(mail, cancellationToken);
        await using var db = contexts.Create(mail.AgencyId);
        var agency = await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == mail.AgencyId, cancellationToken);
        if (mail.Kind == EmailKind.AccessLost)
        {
            var lost = await AccessLostMail.FindAsync(db, mail, agency, platforms, address, cancellationToken);
            return new RenderedEmail(agency.Name, null, lost is null ? null : renderer.Render(mail.Language ?? agency.Language, lost));
        }

        var request = await db.Requests.AsNoTracking().Include(r => r.Connections).ThenInclude(c => c.Assets).AsSplitQuery()
            .SingleOrDefaultAsync(r => r.Id == mail.RequestId && r.Status != RequestStatus.Deleted, cancellationToken);
        if (request is null) return new RenderedEmail(agency.Name, null, null);
        var granted = request.Connections.Where(c => c.State != ConnectionState.Removed)
            .SelectMany(c => c.UsableNames.Select(name => $"{platforms.NameOf(c.Platform)}: {name}")).ToList();
        var facts = new EmailFacts(agency.Name, request, granted, new Uri(address.Public, $"collaboration/requests/{request.Id}"));
        return new RenderedEmail(agency.Name, null, renderer.Render(mail.Kind, mail.Language ?? agency.Language, facts));
    }
}
