using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Email;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Mails a request again to its recipients on the days after sending that its agency chose, as long as nobody completed it or did their
/// part of it. Whoever wants no reminders gets none, nor does an address that mail came back from.
/// </summary>
public sealed class RequestReminders(PortalDbContextFactory contexts, RequestChanges changes, TimeProvider clock)
{
    private const int Batch = 200;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>
    /// One round. A day that passed while the portal was down is left out after a day, so that nobody gets a heap of reminders.
    /// </summary>
    /// <returns>How many requests were reminded of.</returns>
    public async Task<int> RemindAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var agencies = await db.Agencies.AsNoTracking().Select(a => new { a.Id, a.ReminderDays }).ToListAsync(cancellationToken);
        var reminded = 0;
        foreach (var agency in agencies)
        {
            foreach (var day in agency.ReminderDays) reminded += await RemindAsync(agency.Id, day, cancellationToken);
        }

        return reminded;
    }

    private async Task<int> RemindAsync(AgencyId agency, int day, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (after, until) = (now - (Day * (day + 1)), now - (Day * day));
        await using var db = contexts.Create(agency);
        var due = await db.Requests
            .Where(r => r.Status == RequestStatus.Pending && r.SentAt > after && r.SentAt <= until && r.ExpiresAt > now && r.RecipientCount > 0)
            .Where(r => !r.Participants.Any(p => p.DoneAt != null && p.EndedAt == null))
            .Where(r => r.Recipients.Any(t => t.RemindersStoppedAt == null
                && (t.Delivery == null || (t.Delivery != DeliveryState.Dropped && t.Delivery != DeliveryState.Bounced && t.Delivery != DeliveryState.Spam))))
            .Where(r => !db.EmailMessages.Any(m => m.RequestId == r.Id && m.Kind == EmailKind.Request && m.AboutId == day && m.QueuedAt > r.SentAt))
            .OrderBy(r => r.Id).Take(Batch).Select(r => new { r.Id, r.Version }).ToListAsync(cancellationToken);
        var reminded = 0;
        foreach (var request in due)
        {
            var result = await changes.ApplyAsync<bool>(agency, request.Id, Actor.System, async (change, token) =>
            {
                if (change.Request.Version != request.Version) return new RequestNotFound(); // completed, sent again or reminded by another node: the next round looks anew
                var recipients = await TakersAsync(change, token);
                if (recipients.Count == 0) return new RequestNotFound();
                foreach (var recipient in recipients)
                {
                    change.Remind(recipient.Email, day);
                    change.Record(AuditKind.RequestSent, detail: recipient.Email);
                }

                return true;
            }, cancellationToken);
            if (result.Succeeded) reminded++;
        }

        return reminded;
    }

    /// <summary>
    /// Who may be reminded now: nobody more often in a link's life than settings can say, however often the settings change meanwhile.
    /// </summary>
    private static async Task<List<Recipient>> TakersAsync(RequestChange change, CancellationToken cancellationToken)
    {
        var (id, since) = (change.Request.Id, change.Request.SentAt);
        var had = await change.Db.EmailMessages.Where(m => m.RequestId == id && m.Kind == EmailKind.Request && m.AboutId != null && m.QueuedAt > since)
            .GroupBy(m => m.To).Select(g => new { To = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.To, g => g.Count, cancellationToken);
        return [.. change.Request.Recipients.Where(r => r.TakesReminders && had.GetValueOrDefault(r.Email) < CollaborationSettingsValidator.MostReminders)];
    }
}
