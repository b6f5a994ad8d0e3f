using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>A mail that was given up.</summary>
/// <param name="Id">The mail's id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="To">The bare address.</param>
/// <param name="Request">The request it is about; null = none.</param>
/// <param name="QueuedAt">When it was written, UTC.</param>
/// <param name="GivenUpAt">When it was given up, UTC.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">What the last attempt failed of; hostile text, null = unknown.</param>
public sealed record GivenUpMail(
    EmailMessageId Id, EmailKind Kind, string To, RequestId? Request, DateTimeOffset QueuedAt, DateTimeOffset GivenUpAt, int Attempts,
    string? Error);

/// <summary>
/// The mails that were given up after their last attempt or refused for good, and their way back into the outbox; for main users.
/// </summary>
public sealed class GivenUpMails(PortalDbContextFactory contexts, OutboxSignal outbox, RequestFeed feed, TimeProvider clock)
{
    /// <summary>How many are listed at once.</summary>
    public const int PageSize = 50;

    /// <summary>
    /// The agency's given-up mails, newest first, from below <paramref name="before"/>; none for sub-users, and none about requests that
    /// are not seen.
    /// </summary>
    /// <param name="caller">A main user.</param>
    /// <param name="before">The last one of the page before; null = the first page.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<IReadOnlyList<GivenUpMail>> ListAsync(
        AgencyCaller caller, EmailMessageId? before, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return [];
        await using var db = contexts.Create(caller.Agency);
        var dead = db.MailsIn(caller.Scope).Where(m => m.State == EmailState.Dead);
        if (before is { } last) dead = dead.Where(m => m.Id < last);
        return await dead.OrderByDescending(m => m.Id).Take(PageSize)
            .Select(m => new GivenUpMail(m.Id, m.Kind, m.To, m.RequestId, m.QueuedAt, m.NextAttemptAt, m.Attempts, m.LastError))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Why the agency's mails wait, but for those about requests that are not seen; null when nothing is wrong, and for sub-users.
    /// </summary>
    public async Task<SendingTrouble?> FindTroubleAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return null;
        await using var db = contexts.Create(caller.Agency);
        return await SendingTrouble.FindAsync(db.MailsIn(caller.Scope), cancellationToken);
    }

    /// <summary>Queues a given-up mail anew, with as many attempts as a new one and the same Message-ID.</summary>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="MailNotGivenUp"/>; a refusal changes nothing.</returns>
    public async Task<PortalError?> SendAgainAsync(AgencyCaller caller, EmailMessageId id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mail = await db.MailsIn(caller.Scope).SingleOrDefaultAsync(m => m.Id == id && m.State == EmailState.Dead, cancellationToken);
        if (mail is null) return new MailNotGivenUp();
        mail.SendAgain(clock.GetUtcNow());
        db.AuditEvents.Add(
            new AuditEvent(
                AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), AuditKind.EmailRetried, caller.Actor, mail.RequestId, null,
                mail.To));
        await db.SaveChangesAsync(cancellationToken);
        if (mail.Kind == EmailKind.Request)
        {
            await db.Recipients.Where(r => r.RequestId == mail.RequestId && r.Email == mail.To).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.Delivery, (DeliveryState?)null).SetProperty(r => r.DeliveryAt, (DateTimeOffset?)null)
                    .SetProperty(r => r.DeliveryText, (string?)null),
                cancellationToken);
        }

        if (mail.RequestId is { } about) await db.AnnounceAsync(caller.Agency, about, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (mail.RequestId is { } request) feed.Publish(caller.Agency, request);
        outbox.Wake();
        return null;
    }
}
