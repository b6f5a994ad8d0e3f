using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OnboardingPortal.Core.Data;

/// <summary>Tells a write that somebody else's was quicker than from one that fails each time.</summary>
internal static class WriteConflict
{
    // Foreign key, primary key, unique: https://www.sqlite.org/rescode.html
    private static readonly int[] SqliteConstraints = [787, 1555, 2067];

    /// <summary>
    /// Whether the same may succeed on what another transaction left: a row changed, came or went, or PostgreSQL ended a deadlock.
    /// </summary>
    /// <param name="exception">Looked through with what it wraps; null = nothing went wrong.</param>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        DbUpdateConcurrencyException => true,
        SqliteException { SqliteExtendedErrorCode: var code } => SqliteConstraints.Contains(code),
        // Foreign key, unique, serialization, deadlock: https://www.postgresql.org/docs/current/errcodes-appendix.html
        PostgresException { SqlState: var state } => state is "23503" or "23505" or "40001" or "40P01",
        _ => Is(exception.InnerException),
    };
}
