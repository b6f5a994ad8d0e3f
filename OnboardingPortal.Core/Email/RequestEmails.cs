using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>Prepares the mail with a request's link, under the agency's white label, and its sample.</summary>
public sealed partial class RequestEmails(
    PortalDbContextFactory contexts, EmailRenderer renderer, LinkTokens links, ReminderStops stops, ClientBrands brands, PlatformCatalog platforms, PortalAddress address,
    TimeProvider clock)
{
    private const int SamplePlatforms = 3;

    /// <summary>A request with made-up contents, for tests and previews.</summary>
    /// <param name="brand">Whose looks; its requester goes before <paramref name="requester"/>.</param>
    /// <param name="requester">The person who asks; null when clients do not read their name.</param>
    /// <param name="message">The agency's own default; empty = a made-up one.</param>
    /// <param name="language">The mail's language.</param>
    public RequestEmail Sample(ClientBrand brand, string? requester, string message, string language) => new(
        requester is null ? null : brand.RequesterName ?? requester, message.Trim().Length > 0 ? message : renderer.SampleMessage(language),
        [.. platforms.All.Take(SamplePlatforms).Select(p => p.Descriptor.Name)], clock.GetUtcNow().AddMonths(1), new Uri(brands.AddressOf(brand), "r/sample"), IsTest: true)
    {
        StopLink = new Uri(brands.AddressOf(brand), "r/stop/sample"),
    };

    /// <summary>Renders a queued mail of the kinds <see cref="EmailKind.Request"/>, <see cref="EmailKind.Test"/> and <see cref="EmailKind.Undeliverable"/>.</summary>
    internal async Task<RenderedEmail> RenderAsync(EmailMessage mail, CancellationToken cancellationToken)
    {
        if (mail.Kind == EmailKind.Undeliverable) return await RenderUndeliverableAsync(mail, cancellationToken);
        var brand = await brands.FindAsync(mail.AgencyId, cancellationToken);
        await using var db = contexts.Create(mail.AgencyId);
        var agency = await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == mail.AgencyId, cancellationToken);
        var language = mail.Language ?? agency.Language;
        var request = mail.Kind == EmailKind.Test
            ? null
            : await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == mail.RequestId && r.Status != RequestStatus.Deleted, cancellationToken);
        var requesterId = request?.RequesterId.Value ?? mail.AboutId;
        var requester = await db.Users.AsNoTracking().Where(u => u.Id == requesterId && u.AgencyId == mail.AgencyId)
            .Select(u => new { u.DisplayName, u.Email }).SingleOrDefaultAsync(cancellationToken);

        RequestEmail contents;
        Uri? stopLink = null;
        if (mail.Kind == EmailKind.Test)
        {
            contents = Sample(brand, agency.IncludeRequesterName ? requester?.DisplayName : null, agency.DefaultMessage, language);
        }
        else if (request is null || request.StatusAt(clock.GetUtcNow()) != RequestStatus.Pending)
        {
            return new RenderedEmail(brand.Name, null, null);
        }
        else
        {
            var recipient = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(r => r.RequestId == request.Id && r.Email == mail.To, cancellationToken);
            if (mail.AboutId is not null && (recipient is not { TakesReminders: true }
                || await db.Participants.AnyAsync(p => p.RequestId == request.Id && p.DoneAt != null, cancellationToken)))
            {
                return new RenderedEmail(brand.Name, null, null); // not to be reminded any more since it was queued
            }

            stopLink = recipient is null ? null : stops.LinkOf(recipient.Id, brands.AddressOf(brand));
            contents = new RequestEmail(
                agency.IncludeRequesterName ? brand.RequesterName ?? request.RequesterName : null, request.Message,
                [.. request.Platforms.Select(p => platforms.NameOf(p.Platform))], request.ExpiresAt!.Value,
                links.LinkOf(request.LinkTokenProtected!, brands.AddressOf(brand)))
            {
                StopLink = stopLink,
            };
        }

        var logo = brand.LogoPath is { } path ? new Uri(brands.AddressOf(brand), path).AbsoluteUri : null;
        // Whose name clients do not read, their address they do not read either.
        var replyTo = brand.ReplyTo ?? (agency.IncludeRequesterName ? requester?.Email : null);
        return new RenderedEmail(brand.SenderName ?? brand.Name, replyTo, renderer.RenderRequest(language, EmailLook.Of(brand, logo), contents with { IsReminder = mail is { Kind: EmailKind.Request, AboutId: not null } }))
        {
            StopLink = stopLink,
        };
    }
}

/// <summary>A mail in words.</summary>
/// <param name="FromName">Who it shows as sender.</param>
/// <param name="ReplyTo">Where answers go; null = to the sender's address.</param>
/// <param name="Content">What it says; null when there is nothing to send any more.</param>
internal sealed record RenderedEmail(string FromName, string? ReplyTo, EmailContent? Content)
{
    /// <summary>Where the recipient stops mails of this kind; null = there is nothing to stop.</summary>
    public Uri? StopLink { get; init; }
}
