using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Lets a recipient stop the reminders of a request, and take that back. They are known by a ticket in their mail alone, which opens
/// nothing else: it does not hold the link.
/// </summary>
public sealed class ReminderStops(
    PortalDbContextFactory contexts, RequestChanges changes, ClientBrands brands, IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.ReminderStop.v1");

    /// <summary>Whose reminders a ticket stops; changes nothing.</summary>
    /// <returns>What to show; null when the ticket is forged or its request deleted.</returns>
    public async Task<ReminderStop?> FindAsync(string ticket, CancellationToken cancellationToken)
    {
        if (await ReadAsync(ticket, cancellationToken) is not { } found) return null;
        var brand = await brands.FindAsync(found.Agency, cancellationToken);
        return new ReminderStop(found.Agency, brand.Name, found.Email, found.StoppedAt is not null);
    }

    /// <summary>The agency of a ticket; null when it leads nowhere. To show its looks, and to keep it to its host.</summary>
    public async Task<AgencyId?> FindAgencyAsync(string ticket, CancellationToken cancellationToken) =>
        (await ReadAsync(ticket, cancellationToken))?.Agency;

    /// <summary>The language the sender chose for the ticket's request; null when they chose none or the ticket leads nowhere.</summary>
    public async Task<string?> FindLanguageAsync(string ticket, CancellationToken cancellationToken) =>
        (await ReadAsync(ticket, cancellationToken))?.Language;

    /// <summary>Stops the reminders, also those that wait to be sent. Once stopped, stopping again changes nothing.</summary>
    /// <returns>Null, or <see cref="LinkUnknown"/>.</returns>
    public Task<PortalError?> StopAsync(string ticket, string? address, CancellationToken cancellationToken) =>
        SetAsync(ticket, stops: true, address, cancellationToken);

    /// <summary>Takes a stop back: from here on the recipient is reminded as all others.</summary>
    /// <returns>Null, or <see cref="LinkUnknown"/>.</returns>
    public Task<PortalError?> ResumeAsync(string ticket, string? address, CancellationToken cancellationToken) =>
        SetAsync(ticket, stops: false, address, cancellationToken);

    /// <summary>
    /// Where a recipient stops reminders. Made outside transactions, as a new protection key is saved on another connection.
    /// </summary>
    internal Uri LinkOf(RecipientId recipient, Uri address) =>
        new(address, $"r/stop/{_protector.Protect(recipient.Value.ToString(CultureInfo.InvariantCulture))}");

    private async Task<PortalError?> SetAsync(string ticket, bool stops, string? address, CancellationToken cancellationToken)
    {
        if (await ReadAsync(ticket, cancellationToken) is not { } found) return new LinkUnknown();
        var result = await changes.ApplyAsync<bool>(found.Agency, found.Request, Actor.Visitor(address), async (change, token) =>
        {
            var recipient = change.Request.Recipients.First(r => r.Id == found.Recipient);
            if (recipient.RemindersStoppedAt is not null == stops) return true;
            recipient.RemindersStoppedAt = stops ? change.Now : null;
            change.Record(stops ? AuditKind.RemindersStopped : AuditKind.RemindersWanted, detail: recipient.Email);
            if (stops)
            {
                await change.Db.EmailMessages
                    .Where(m => m.RequestId == found.Request && m.Kind == EmailKind.Request && m.ReminderDay != null
                        && m.To == recipient.Email
                        && m.State == EmailState.Queued)
                    .ExecuteDeleteAsync(token);
            }

            return true;
        }, cancellationToken);
        return result.Succeeded ? null : new LinkUnknown();
    }

    private async Task<Found?> ReadAsync(string ticket, CancellationToken cancellationToken)
    {
        if (RecipientOf(ticket) is not { } id) return null;
        await using var db = contexts.CreateForSystem();
        return await db.Recipients.IgnoreQueryFilters().AsNoTracking().Where(r => r.Id == id)
            .Join(
                db.Requests.IgnoreQueryFilters().Where(r => r.Status != RequestStatus.Deleted), r => r.RequestId, r => r.Id,
                (recipient, request) =>
                    new Found(
                        recipient.Id, recipient.AgencyId, request.Id, recipient.Email, recipient.RemindersStoppedAt, request.Language))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private RecipientId? RecipientOf(string ticket)
    {
        try
        {
            return RecipientId.From(long.Parse(_protector.Unprotect(ticket), CultureInfo.InvariantCulture));
        }
        catch (CryptographicException)
        {
            return null; // typed, cut off or made up
        }
    }

    private sealed record Found(
        RecipientId Recipient, AgencyId Agency, RequestId Request, string Email, DateTimeOffset? StoppedAt, string? Language);
}

/// <summary>Whose reminders a ticket stops.</summary>
/// <param name="Agency">Whose request it is.</param>
/// <param name="AgencyName">Who asks, as clients read it.</param>
/// <param name="Email">The recipient's address.</param>
/// <param name="IsStopped">Whether they get no reminders now.</param>
public sealed record ReminderStop(AgencyId Agency, string AgencyName, string Email, bool IsStopped);
