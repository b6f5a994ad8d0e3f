using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Audit;

/// <summary>
/// Once for a database, at the first start of a portal that proves chains: agencies from before there were chains get theirs, and how many
/// entries are older than the chain is sealed. That it was done is kept as the end of a chain of no agency; from then on an agency without
/// an end is one whose end somebody removed.
/// </summary>
public sealed class AuditUpgrade(PortalDbContextFactory contexts, MasterKey master, AuditRecord record, TimeProvider clock)
{
    private static readonly AgencyId NoAgency = AgencyId.From(-1); // no context sees its row

    /// <summary>Does it, unless it was done before; nodes that start at once wait for each other.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        _ = record.NewestOf(NoAgency); // reads the files now, when nobody waits for them
        await using var db = contexts.CreateForSystem();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var done = await db.LockAuditHeadAsync(NoAgency, cancellationToken)
            ?? await db.BeginAuditChainAsync(new AuditHead(NoAgency, master), cancellationToken);
        if (done.Sequence > 0) return;
        foreach (var agency in await db.AgencyIds.ToListAsync(cancellationToken))
            await BringUpToDateAsync(db, agency, cancellationToken);
        done.Move(1, [], done.TryUnwrap(master) ?? done.Renew(master));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task BringUpToDateAsync(PortalDbContext db, AgencyId agency, CancellationToken cancellationToken)
    {
        if (record.NewestOf(agency) is not null) return; // it has a chain, whatever the database says
        var entries = db.AuditEvents.IgnoreQueryFilters().Where(e => e.AgencyId == agency);
        if (!await db.AuditHeads.IgnoreQueryFilters().AnyAsync(h => h.AgencyId == agency, cancellationToken))
        {
            // somebody removed its end: its next entry says so
            if (await entries.AnyAsync(e => e.Sequence != null, cancellationToken)) return;
            await db.BeginAuditChainAsync(new AuditHead(agency, master), cancellationToken);
        }

        var older = await entries.LongCountAsync(e => e.Sequence == null, cancellationToken);
        if (older == 0) return;
        var count = older.ToString(System.Globalization.CultureInfo.InvariantCulture);
        db.AuditEvents.Add(
            new AuditEvent(
                AuditEventId.New(clock), agency, clock.GetUtcNow(), AuditKind.OlderEntriesCounted, Actor.System, null, null, count));
    }
}
