using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Mails a request again to its recipients on the days after sending that its agency chose, as long as nobody completed it or did their
/// part of it. Anybody who wants no reminders gets none, nor does an address that mail came back from.
/// </summary>
public sealed class RequestReminders(PortalDbContextFactory contexts, RequestChanges changes, RoundItems items, TimeProvider clock)
{
    private const int Batch = 200;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>
    /// One round. A day that passed while the portal was down is left out after a day, so that nobody gets a heap of reminders.
    /// </summary>
    /// <returns>How many requests were reminded of.</returns>
    public async Task<int> RemindAsync(CancellationToken cancellationToken)
    {
        var round = await items.BeginAsync(RoundKind.Reminder, cancellationToken);
        await using var db = contexts.CreateForSystem();
        var reminded = 0;
        foreach (var agency in await db.Agencies.Select(a => a.Id).ToListAsync(cancellationToken))
        {
            await round.TryAsync(agency, agency, async () =>
            {
                var days = await db.Agencies.AsNoTracking().Where(a => a.Id == agency).Select(a => a.ReminderDays)
                    .SingleAsync(cancellationToken);
                foreach (var day in days) reminded += await RemindAsync(round, agency, day, cancellationToken);
            }, cancellationToken);
        }

        return reminded;
    }

    private async Task<int> RemindAsync(RoundItems.Round round, AgencyId agency, int day, CancellationToken cancellationToken)
    {
        var resting = round.RestingIds<RequestId>();
        var now = clock.GetUtcNow();
        var after = now - (Day * (day + 1));
        var until = now - (Day * day);
        await using var db = contexts.Create(agency);
        var due = await db.Requests
            .Where(r => r.Status == RequestStatus.Pending && r.SentAt > after && r.SentAt <= until && r.ExpiresAt > now
                && r.RecipientCount > 0 && !resting.Contains(r.Id))
            .Where(r => !r.Participants.Any(p => p.DoneAt != null && p.EndedAt == null))
            .Where(r => r.Recipients.Any(t => t.RemindersStoppedAt == null
                && (t.Delivery == null
                    || (t.Delivery != DeliveryState.Dropped && t.Delivery != DeliveryState.Bounced && t.Delivery != DeliveryState.Spam))))
            .Where(r =>
                !db.EmailMessages.Any(
                    m => m.RequestId == r.Id && m.Kind == EmailKind.Request && m.ReminderDay == day && m.QueuedAt > r.SentAt))
            .OrderBy(r => r.Id).Take(Batch).Select(r => new { r.Id, r.Version }).ToListAsync(cancellationToken);
        var reminded = 0;
        foreach (var request in due)
        {
            await round.TryAsync(
                agency, request.Id,
                async () => reminded += await RemindAsync(agency, request.Id, request.Version, day, cancellationToken) ? 1 : 0,
                cancellationToken);
        }

        return reminded;
    }

    private async Task<bool> RemindAsync(AgencyId agency, RequestId id, int version, int day, CancellationToken cancellationToken) =>
        (await changes.ApplyAsync<bool>(agency, id, Actor.System, async (change, token) =>
        {
            // completed, sent again or reminded by another node: the next round looks anew
            if (change.Request.Version != version) return new RequestNotFound();
            var recipients = await TakersAsync(change, token);
            if (recipients.Count == 0) return new RequestNotFound();
            foreach (var recipient in recipients)
            {
                change.Remind(recipient.Email, day);
                change.Record(AuditKind.RequestSent, detail: recipient.Email);
            }

            return true;
        }, cancellationToken)).Succeeded;

    /// <summary>
    /// Who may be reminded now: nobody more often in a link's life than settings can say, however often the settings change meanwhile.
    /// </summary>
    private static async Task<List<Recipient>> TakersAsync(RequestChange change, CancellationToken cancellationToken)
    {
        var id = change.Request.Id;
        var since = change.Request.SentAt;
        var had = await change.Db.EmailMessages.Where(
            m => m.RequestId == id && m.Kind == EmailKind.Request && m.ReminderDay != null && m.QueuedAt > since)
            .GroupBy(m => m.To).Select(g => new { To = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.To, g => g.Count, cancellationToken);
        return [.. change.Request.Recipients.Where(
            r => r.TakesReminders && had.GetValueOrDefault(r.Email) < CollaborationSettingsValidator.MaxReminders)];
    }
}
