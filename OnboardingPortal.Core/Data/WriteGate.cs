using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OnboardingPortal.Core.Data;

/// <summary>
/// Where the writers of SQLite wait. It has one writer at a time, and whoever waits for it inside SQLite holds a thread of the pool
/// meanwhile; here they wait without one. A context takes its turn before its transaction begins, or before a command that writes without a
/// transaction, and gives it back when that has ended, however it ended.
/// </summary>
internal sealed class WriteGate(DatabaseState state)
    : IDbTransactionInterceptor, IDbCommandInterceptor, IDbConnectionInterceptor, IDisposable
{
    /// <summary>How many wait at most; the next one is refused at once.</summary>
    public const int MaxWaiting = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // as long as SQLite itself would wait
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _waiting;
    private int _isCrowded;

    public void Dispose() => _turn.Dispose();

    public InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        Enter(eventData.Context);
        return result;
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default)
    {
        await EnterAsync(eventData.Context, cancellationToken);
        return result;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Leave(eventData.Context);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData,
        CancellationToken cancellationToken = default) => LeaveAsync(eventData.Context);

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Leave(eventData.Context);

    public Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData,
        CancellationToken cancellationToken = default) => LeaveAsync(eventData.Context);

    /// <summary>A transaction that did not begin, or that was disposed without an end, has ended when its connection closes.</summary>
    public void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Leave(eventData.Context);

    /// <inheritdoc cref="ConnectionClosed" />
    public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData) => LeaveAsync(eventData.Context);

    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        if (command.Transaction is null) Enter(eventData.Context);
        return result;
    }

    public async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (command.Transaction is null) await EnterAsync(eventData.Context, cancellationToken);
        return result;
    }

    public int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        if (command.Transaction is null) Leave(eventData.Context);
        return result;
    }

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(NonQueryExecuted(command, eventData, result));

    private void Enter(DbContext? context)
    {
        if (context is not SqlitePortalDbContext { HoldsTurn: false } db) return;
        if (!_turn.Wait(TimeSpan.Zero)) Wait();
        db.HoldsTurn = true;
    }

    private async ValueTask EnterAsync(DbContext? context, CancellationToken cancellationToken)
    {
        if (context is not SqlitePortalDbContext { HoldsTurn: false } db) return;
        if (!_turn.Wait(TimeSpan.Zero, CancellationToken.None)) await WaitAsync(cancellationToken);
        db.HoldsTurn = true;
    }

    private void Wait()
    {
        BeginToWait();
        try
        {
            if (!_turn.Wait(Patience)) throw Refusal();
        }
        finally
        {
            EndToWait();
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        BeginToWait();
        try
        {
            if (!await _turn.WaitAsync(Patience, cancellationToken)) throw Refusal();
        }
        finally
        {
            EndToWait();
        }
    }

    private void BeginToWait()
    {
        if (Interlocked.Increment(ref _waiting) <= MaxWaiting) return;
        EndToWait();
        throw Refusal();
    }

    /// <summary>The first is told to the log, until nobody waits any more.</summary>
    private DatabaseBusyException Refusal()
    {
        if (Interlocked.Exchange(ref _isCrowded, 1) == 0) state.Crowded();
        return new DatabaseBusyException();
    }

    private void EndToWait()
    {
        if (Interlocked.Decrement(ref _waiting) == 0) Volatile.Write(ref _isCrowded, 0);
    }

    private void Leave(DbContext? context)
    {
        if (context is not SqlitePortalDbContext { HoldsTurn: true } db) return;
        db.HoldsTurn = false;
        _turn.Release();
    }

    private Task LeaveAsync(DbContext? context)
    {
        Leave(context);
        return Task.CompletedTask;
    }
}
