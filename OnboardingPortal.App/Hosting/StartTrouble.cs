using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace OnboardingPortal.App.Hosting;

/// <summary>
/// Says in a sentence why the portal does not start, where the operator can mend that; a fault of the portal itself keeps its stack
/// trace.
/// </summary>
internal static partial class StartTrouble
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteReadOnly = 8, SqliteInputOutput = 10, SqliteFull = 13, SqliteCannotOpen = 14, SqliteNoDatabase = 26;

    /// <summary>The sentence; null where there is none.</summary>
    public static string? SentenceFor(Exception exception) => exception switch
    {
        StartRefusedException refused => refused.Message,
        OptionsValidationException settings => $"A setting is wrong: {string.Join(" ", settings.Failures)}",
        SqliteException { SqliteErrorCode: SqliteFull } => "The disk with the data directory (Portal:DataDirectory) is full.",
        SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteInputOutput or SqliteCannotOpen } =>
            $"The portal cannot write to its database in the data directory (Portal:DataDirectory): {exception.Message}",
        SqliteException { SqliteErrorCode: SqliteNoDatabase } =>
            "The file of the database is none of SQLite, or it is damaged: put a backup in its place.",
        NpgsqlException or SocketException => $"PostgreSQL cannot be used (ConnectionStrings:Portal): {exception.Message}",
        AddressInUseException => $"Something else listens on the portal's address already: {exception.Message}",
        IOException or UnauthorizedAccessException => $"The portal cannot write what it must keep: {exception.Message}",
        { InnerException: { } inner } => SentenceFor(inner),
        _ => null,
    };

    [LoggerMessage(EventId = 5303, Level = LogLevel.Critical, Message = "The portal does not start. {Sentence}")]
    public static partial void Log(ILogger logger, string sentence);
}
