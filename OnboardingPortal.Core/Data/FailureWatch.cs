using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OnboardingPortal.Core.Data;

/// <summary>Tells <see cref="DatabaseState"/> of commands that fail because the database cannot be used.</summary>
internal abstract class FailureWatch(DatabaseState state) : DbCommandInterceptor
{
    protected DatabaseState State => state;

    /// <summary>Whether a failure is the database's trouble, and not that of whoever asked it.</summary>
    protected abstract bool IsTrouble(Exception exception);

    protected void Note(Exception exception)
    {
        if (IsTrouble(exception)) state.Lost(exception);
    }

    public sealed override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Note(eventData.Exception);

    public sealed override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Note(eventData.Exception);
        return Task.CompletedTask;
    }

    public sealed override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(NonQueryExecuted(command, eventData, result));

    public sealed override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ReaderExecuted(command, eventData, result));
}
