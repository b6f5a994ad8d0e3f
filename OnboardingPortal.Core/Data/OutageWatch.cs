using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OnboardingPortal.Core.Data;

/// <summary>
/// Tells <see cref="DatabaseState"/> how every connection and command of PostgreSQL went. A connection from the pool may be a dead one, so
/// that only a command shows that it is not.
/// </summary>
internal sealed class OutageWatch(DatabaseState state) : FailureWatch(state), IDbConnectionInterceptor
{
    public void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) => Note(eventData.Exception);

    public Task ConnectionFailedAsync(
        DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Note(eventData.Exception);
        return Task.CompletedTask;
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        State.Back();
        return result;
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        State.Back();
        return result;
    }

    protected override bool IsTrouble(Exception exception) => DatabaseTrouble.Is(exception);
}
