using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Audit;

/// <summary>
/// Chains new audit entries as a context saves them, and lets whoever listens add what belongs to them. All of it is one transaction, in
/// one order: what listeners hold, the changes, the end of the chain. Two transactions that met in another order would wait for each other.
/// </summary>
internal sealed class AuditSaving(AuditChain chain, IEnumerable<IAuditListener> listeners) : SaveChangesInterceptor
{
    private readonly IAuditListener[] _listeners = [.. listeners];
    private readonly ConditionalWeakTable<DbContext, Entries> _held = []; // while a context saves its changes and, after them, its entries

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">There are new audit entries: they are chained asynchronously alone.</exception>
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (eventData.Context is not PortalDbContext db) return result;
        BeginChains(db);
        if (NewEntries(db).Count > 0) throw new NotSupportedException("Audit entries are saved asynchronously.");
        return result;
    }

    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not PortalDbContext db) return result;
        if (_held.TryGetValue(db, out var held))
        {
            if (held.AreChained) return result;
            await EndAsync(db); // of a saving that nobody said had failed
        }

        BeginChains(db);
        var happened = NewEntries(db);
        if (happened.Count == 0) return result;

        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        try
        {
            foreach (var listener in _listeners) await listener.HearAsync(db, happened, cancellationToken);
        }
        catch
        {
            if (own is not null) await own.DisposeAsync();
            throw;
        }

        foreach (var entry in happened) db.Entry(entry).State = EntityState.Detached; // they are saved after the changes
        _held.Add(db, new Entries(happened, own));
        return result;
    }

    /// <inheritdoc />
    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not PortalDbContext db || !_held.TryGetValue(db, out var held) || held.AreChained) return result;
        held.AreChained = true;
        try
        {
            var newest = await chain.AppendAsync(db, held.Happened, cancellationToken);
            db.AuditEvents.AddRange(held.Happened);
            var saved = await db.SaveChangesAsync(cancellationToken);
            db.AfterCommit += () => chain.Note(newest);
            if (held.Own is not null) await held.Own.CommitAsync(cancellationToken);
            return result + saved;
        }
        finally
        {
            await EndAsync(db);
        }
    }

    /// <inheritdoc />
    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) =>
        EndAsync(eventData.Context);

    /// <inheritdoc />
    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default) =>
        EndAsync(eventData.Context);

    /// <summary>An agency's chain begins with the agency: one without an end later on has lost it.</summary>
    private void BeginChains(PortalDbContext db)
    {
        var added = db.ChangeTracker.Entries<ITenant>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.Id).ToList();
        foreach (var agency in added)
        {
            if (db.ChangeTracker.Entries<AuditHead>().Any(h => h.Entity.AgencyId == agency)) continue; // saved once before, in vain
            db.AuditHeads.Add(chain.Begin(agency));
        }
    }

    private static List<AuditEvent> NewEntries(PortalDbContext db) =>
        [.. db.ChangeTracker.Entries<AuditEvent>().Where(e => e.State == EntityState.Added).Select(e => e.Entity)];

    /// <summary>Ends the transaction that was begun for the entries, which takes back whatever was not committed.</summary>
    private async Task EndAsync(DbContext? db)
    {
        if (db is null || !_held.TryGetValue(db, out var held)) return;
        _held.Remove(db);
        if (held.Own is not null) await held.Own.DisposeAsync();
    }

    /// <summary>The entries of one saving.</summary>
    private sealed class Entries(List<AuditEvent> happened, IDbContextTransaction? own)
    {
        public List<AuditEvent> Happened => happened;

        /// <summary>The transaction that was begun for them; null where there was one.</summary>
        public IDbContextTransaction? Own => own;

        /// <summary>Whether the changes are saved, and what is saved now are the entries.</summary>
        public bool AreChained { get; set; }
    }
}
