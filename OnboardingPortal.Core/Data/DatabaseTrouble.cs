using Microsoft.Data.Sqlite;
using Npgsql;

namespace OnboardingPortal.Core.Data;

/// <summary>
/// Tells a database that cannot be used for a while from a fault: the first is told to whoever asked, and logged once
/// (<see cref="DatabaseState"/>).
/// </summary>
public static class DatabaseTrouble
{
    /// <summary>When to try again.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private const int SqliteBusy = 5; // this and the next: https://www.sqlite.org/rescode.html
    private static readonly int[] SqliteDisk = [8, 10, 13]; // cannot be written to, fails, is full

    /// <summary>
    /// Whether the database took no work, and the same may succeed a moment later. Whether a commit that was under way succeeded is not
    /// known.
    /// </summary>
    /// <param name="exception">Looked through with what it wraps; null = nothing went wrong.</param>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        DatabaseBusyException or SqliteException { SqliteErrorCode: SqliteBusy } => true,
        SqliteException => IsDisk(exception),
        // https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions, too many connections, and servers that
        // stop or start
        PostgresException { SqlState: var state } =>
            state.StartsWith("08", StringComparison.Ordinal) || state is "53300" or "57P01" or "57P02" or "57P03",
        NpgsqlOperationInProgressException => false, // two uses of one connection at once: a fault of ours
        NpgsqlException => true, // what is no answer of the server
        _ => Is(exception.InnerException),
    };

    /// <summary>
    /// Whether <see cref="DatabaseState"/> told the log already. It does not know of another program that keeps SQLite's file locked.
    /// </summary>
    /// <param name="exception">As for <see cref="Is"/>.</param>
    public static bool IsLogged(Exception? exception) =>
        Is(exception) && exception!.GetBaseException() is not SqliteException { SqliteErrorCode: SqliteBusy };

    /// <summary>Whether the disk takes nothing from SQLite: it is full, for example.</summary>
    internal static bool IsDisk(Exception exception) =>
        exception.GetBaseException() is SqliteException { SqliteErrorCode: var code } && SqliteDisk.Contains(code);
}
