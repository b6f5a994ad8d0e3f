using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OnboardingPortal.Core.Data;

/// <summary>
/// Tells <see cref="DatabaseState"/> of a disk that takes nothing from SQLite, and when something was written again. What is only read
/// tells nothing: it goes on from a full disk.
/// </summary>
internal sealed class DiskWatch(DatabaseState state) : FailureWatch(state), IDbTransactionInterceptor, ISaveChangesInterceptor
{
    public void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) => Note(eventData.Exception);

    public Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Note(eventData.Exception);
        return Task.CompletedTask;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        if (eventData.Context is SqlitePortalDbContext db) db.HasWritten = false;
        return result;
    }

    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(TransactionStarted(connection, eventData, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        if (eventData.Context is SqlitePortalDbContext { HasWritten: true }) State.Back();
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Wrote(eventData.Context, result);
        return result;
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Wrote(eventData.Context, result);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(SavedChanges(eventData, result));

    /// <summary>What a transaction wrote is on the disk once it is committed.</summary>
    private void Wrote(DbContext? context, int rows)
    {
        if (rows <= 0 || context is not SqlitePortalDbContext db) return;
        if (db.Database.CurrentTransaction is null) State.Back();
        else db.HasWritten = true;
    }

    protected override bool IsTrouble(Exception exception) => DatabaseTrouble.IsDisk(exception);
}
