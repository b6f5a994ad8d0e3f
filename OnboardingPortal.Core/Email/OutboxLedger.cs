using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Events;

namespace OnboardingPortal.Core.Email;

/// <summary>Who sends which mail, and how it ended. A mail belongs to who claimed it until its lease ends; an outcome of an older claim is refused.</summary>
public sealed class OutboxLedger(PortalDbContextFactory contexts, DeliveryService deliveries, RequestFeed feed, TimeProvider clock)
{
    private const int MostTries = 5;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(6);

    /// <summary>Claims mails that are due, the longest due first; each with its new number of attempts and the end of its lease.</summary>
    internal async Task<IReadOnlyList<EmailMessage>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = await db.LockDueMails(now, most).AsNoTracking().ToListAsync(cancellationToken);
        if (due.Count == 0) return due;
        var ids = due.ConvertAll(m => m.Id);
        await db.EmailMessages.IgnoreQueryFilters().Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.NextAttemptAt, now + Lease), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var mail in due) mail.Claim(now + Lease);
        return due;
    }

    /// <summary>Writes outcomes down, those of an agency in one transaction, and announces the requests they are about.</summary>
    internal async Task AcknowledgeAsync(IReadOnlyList<EmailOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var ofAgency in outcomes.Where(o => !o.WasRefused).GroupBy(o => o.Mail.AgencyId)) await AcknowledgeAsync(ofAgency.Key, [.. ofAgency], cancellationToken);
        foreach (var refused in outcomes.Where(o => o.WasRefused)) await deliveries.RefusedAsync(refused.Mail, refused.Mail.Attempts, refused.Error ?? "", cancellationToken);
    }

    private async Task AcknowledgeAsync(AgencyId agency, IReadOnlyList<EmailOutcome> outcomes, CancellationToken cancellationToken)
    {
        var ids = outcomes.Select(o => o.Mail.Id).ToList();
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            await using var db = contexts.Create(agency);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var mails = await db.EmailMessages.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellationToken);
            var mine = outcomes.Where(o => mails.TryGetValue(o.Mail.Id, out var mail) && mail.State == EmailState.Queued && mail.Attempts == o.Mail.Attempts).ToList();
            foreach (var outcome in mine)
            {
                var mail = mails[outcome.Mail.Id];
                mail.Acknowledge(outcome, now, now + Backoff(mail));
                if (mail is not { Kind: EmailKind.Request, State: EmailState.Sent or EmailState.Dead }) continue;
                var kind = mail.State == EmailState.Sent ? AuditKind.EmailSent : AuditKind.EmailFailed;
                db.AuditEvents.Add(new AuditEvent(AuditEventId.New(clock), agency, now, kind, Actor.System, mail.RequestId, null, mail.To));
            }

            var about = mine.Select(o => o.Mail.RequestId).OfType<Requests.RequestId>().Distinct().ToList();
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                foreach (var request in about) await db.AnnounceAsync(agency, request, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
            catch (DbUpdateException) when (attempt < MostTries)
            {
                continue; // one of the leases ended in this very moment and somebody else took over: look at what is still mine
            }

            foreach (var request in about) feed.Publish(agency, request);
            return;
        }
    }

    private static TimeSpan Backoff(EmailMessage mail)
    {
        var before = Math.Max(0, mail.Attempts - (mail.GiveUpAfter - EmailMessage.MostAttempts) - 1);
        var full = Math.Min(FirstBackoff.TotalSeconds * Math.Pow(2, before), LongestBackoff.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.75 + (RandomNumberGenerator.GetInt32(500) / 1000.0)));
    }
}
