using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// Who sends which mail, and how it ended. A mail belongs to who claimed it until its lease ends; an outcome of an older claim is refused.
/// </summary>
public sealed class OutboxLedger(PortalDbContextFactory contexts, DeliveryService deliveries, IMailWatchers watchers, TimeProvider clock)
{
    private const int MaxTries = 5;
    private static readonly Leases<EmailMessage> Leases = new(TimeSpan.FromMinutes(2), m => m.NextAttemptAt, m => m.Attempts);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    private static readonly Pauses Pauses = Pauses.Doubling(TimeSpan.FromSeconds(30), LongestPause).Spread(0.75, 1.25);

    // whose turn it was last on this node: of the mails that are awaited, of all others
    private readonly AgencyId[] _last = new AgencyId[2];

    /// <summary>
    /// Claims mails that are due, each with its new number of attempts and the end of its lease. The agencies that have some take turns:
    /// each gives as many as the others, the longest due first.
    /// </summary>
    /// <param name="isAwaited">Those that somebody waits for, or all others.</param>
    /// <param name="most">At most so many, at least 1.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The mails, and whether there may be more that are due.</returns>
    internal async Task<(IReadOnlyList<EmailMessage> Mails, bool HasMore)> ClaimAsync(
        bool isAwaited, int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var leaseEnds = Leases.EndFrom(now);
        await using var db = contexts.CreateForSystem();
        var agencies = await db.AgencyIds.Where(id => db.EmailMessages.IgnoreQueryFilters().Any(
            m => m.AgencyId == id && m.IsAwaited == isAwaited && m.State == EmailState.Queued && m.NextAttemptAt <= now))
                .ToListAsync(cancellationToken);
        if (agencies.Count == 0) return ([], false);
        var lane = isAwaited ? 0 : 1;
        var share = Math.Max(1, most / agencies.Count);
        var due = new List<EmailMessage>();
        var hasMore = agencies.Count > most;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var agency in agencies.OrderBy(a => a.Value <= _last[lane].Value).ThenBy(a => a.Value).TakeWhile(_ => due.Count < most))
        {
            var ofAgency = await db.LockDueMails(agency, isAwaited, now, share).AsNoTracking().ToListAsync(cancellationToken);
            hasMore |= ofAgency.Count == share;
            due.AddRange(ofAgency);
            _last[lane] = agency;
        }

        if (due.Count == 0) return (due, false);
        var ids = due.ConvertAll(m => m.Id);
        await Leases.ClaimAsync(
            db.EmailMessages.IgnoreQueryFilters().Where(m => ids.Contains(m.Id)), leaseEnds, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var mail in due) mail.Claim(leaseEnds);
        return (due, hasMore);
    }

    /// <summary>
    /// Writes outcomes down, those of an agency in one transaction, and announces the requests they are about. One agency's failure stops
    /// no other's; what was written before is not written twice.
    /// </summary>
    /// <returns>Those that could not be written, each with its failure; to be tried again.</returns>
    internal async Task<IReadOnlyList<Unwritten<EmailOutcome>>> AcknowledgeAsync(
        IReadOnlyList<EmailOutcome> outcomes, CancellationToken cancellationToken)
    {
        var left = new List<Unwritten<EmailOutcome>>();
        foreach (var ofAgency in outcomes.Where(o => !o.WasRefused).GroupBy(o => o.Mail.AgencyId))
        {
            await TryAsync([.. ofAgency], mine => AcknowledgeAsync(ofAgency.Key, mine, cancellationToken));
        }

        foreach (var refused in outcomes.Where(o => o.WasRefused))
        {
            await TryAsync(
                [refused], _ => deliveries.RefusedAsync(refused.Mail, refused.Mail.Attempts, refused.Error ?? "", cancellationToken));
        }

        return left;

        async Task TryAsync(List<EmailOutcome> some, Func<List<EmailOutcome>, Task> write)
        {
            try
            {
                await write(some);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                left.AddRange(some.Select(o => new Unwritten<EmailOutcome>(o, exception)));
            }
        }
    }

    /// <summary>
    /// Ends mails without a word in the audit trail, where that is what cannot be written: what was taken must not leave again.
    /// </summary>
    internal async Task EndAsync(EmailOutcome outcome, CancellationToken cancellationToken)
    {
        var mail = outcome.Mail;
        var now = clock.GetUtcNow();
        var said = outcome.Error is { } error ? ForeignText.Fit(error, EmailMessage.ErrorMaxLength) : null;
        DateTimeOffset? sentAt = outcome.State == EmailState.Sent ? now : null;
        var again = outcome.State == EmailState.Queued ? outcome.NextAttemptAt ?? now + LongestPause : now;
        await using var db = contexts.Create(mail.AgencyId);
        await db.EmailMessages.Where(
            m => m.Id == mail.Id && m.State == EmailState.Queued && m.Attempts == mail.Attempts).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, outcome.State).SetProperty(m => m.SentAt, sentAt).SetProperty(m => m.NextAttemptAt, again)
                .SetProperty(m => m.LastError, said),
            cancellationToken);
    }

    private async Task AcknowledgeAsync(AgencyId agency, IReadOnlyList<EmailOutcome> outcomes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = contexts.Create(agency);
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var mine = await WriteAsync(db, outcomes, cancellationToken);
                var about = mine.Select(o => o.Mail.RequestId).OfType<RequestId>().Distinct().ToList();
                await db.SaveChangesAsync(cancellationToken);
                foreach (var request in about) await watchers.AnnounceAsync(db, agency, request, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                foreach (var request in about) watchers.Publish(agency, request);
                return;
            }
            catch (Exception) when (attempt < MaxTries && !cancellationToken.IsCancellationRequested)
            {
                // One of the leases ended in this very moment and somebody else took over, or the database failed in passing: look at what
                // is still mine.
            }
        }
    }

    /// <summary>Writes down those outcomes whose mails are still under the claim they were made under.</summary>
    private async Task<IReadOnlyList<EmailOutcome>> WriteAsync(
        PortalDbContext db, IReadOnlyList<EmailOutcome> outcomes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ids = outcomes.Select(o => o.Mail.Id).ToList();
        var claims = await db.EmailMessages.Where(m => ids.Contains(m.Id) && m.State == EmailState.Queued)
            .Select(m => new { m.Id, m.Attempts, m.NextAttemptAt })
            .ToDictionaryAsync(m => m.Id, cancellationToken);
        // A claim that was handed back had the same number as the next one: only its lease tells them apart.
        var mine = outcomes.Where(
            o => claims.TryGetValue(o.Mail.Id, out var claim) && claim.Attempts == o.Mail.Attempts
                && (o.WasTried || claim.NextAttemptAt == o.Mail.NextAttemptAt)).ToList();
        var sent = mine.Where(o => o.State == EmailState.Sent).ToList();
        var others = mine.Where(o => o.State != EmailState.Sent).ToDictionary(o => o.Mail.Id);
        foreach (var ofAttempt in sent.GroupBy(o => o.Mail.Attempts))
            await MarkSentAsync(db, [.. ofAttempt], ofAttempt.Key, now, cancellationToken);
        var changed = others.Count == 0 ? [] : await db.EmailMessages.Where(m => others.Keys.Contains(m.Id)).ToListAsync(cancellationToken);
        foreach (var mail in changed) mail.Acknowledge(others[mail.Id], now, now + Pauses.After(mail.Failures + 1));
        foreach (var (mail, state) in mine.Select(o => (o.Mail, o.State))
            .Where(o => o.Mail.Kind == EmailKind.Request && o.State is EmailState.Sent or EmailState.Dead))
        {
            var kind = state == EmailState.Sent ? AuditKind.EmailSent : AuditKind.EmailFailed;
            db.AuditEvents.Add(
                new AuditEvent(AuditEventId.New(clock), mail.AgencyId, now, kind, Actor.System, mail.RequestId, null, mail.To));
        }

        return mine;
    }

    /// <summary>Marks what was taken, in one go; what the transport calls a mail is written for each that it has a name for.</summary>
    /// <exception cref="DbUpdateConcurrencyException">One of them is no longer under its claim.</exception>
    private static async Task MarkSentAsync(
        PortalDbContext db, IReadOnlyList<EmailOutcome> sent, int attempts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = sent.Select(o => o.Mail.Id).ToList();
        var marked = await db.EmailMessages.Where(
            m => ids.Contains(m.Id) && m.State == EmailState.Queued && m.Attempts == attempts).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, EmailState.Sent).SetProperty(m => m.SentAt, now).SetProperty(m => m.NextAttemptAt, now)
                // an earlier sending's name is not this one's
                .SetProperty(m => m.LastError, (string?)null).SetProperty(m => m.IsTroubleOfSending, false)
                .SetProperty(m => m.ProviderId, (string?)null),
            cancellationToken);
        if (marked < sent.Count) throw new DbUpdateConcurrencyException();
        foreach (var (id, name) in sent.Where(o => o.Receipt?.ProviderId is not null).Select(o => (o.Mail.Id, o.Receipt!.ProviderId!)))
        {
            var fitting = ForeignText.Fit(name, EmailMessage.ProviderIdMaxLength);
            await db.EmailMessages.Where(m => m.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.ProviderId, fitting), cancellationToken);
        }
    }
}
