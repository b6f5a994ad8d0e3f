using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Tests.Support;

/// <summary>All that lies in a portal's database as text, to look for what must not lie there.</summary>
internal static class DatabaseDump
{
    /// <summary>All bytes of the SQLite file and its log, or all rows of the PostgreSQL database, in which bytes are hex digits.</summary>
    public static async Task<string> ReadAsync(TestPortal portal, CancellationToken cancellationToken)
    {
        if (portal.Database.Provider == DatabaseProvider.Sqlite)
        {
            var files = Directory.GetFiles(Path.GetDirectoryName(portal.Database.Name)!, Path.GetFileName(portal.Database.Name) + "*")
                .Where(f => !f.EndsWith("-shm", StringComparison.Ordinal));
            return string.Concat(await Task.WhenAll(files.Select(f => ReadAsync(f, cancellationToken))));
        }

        await using var db = portal.Contexts.CreateForSystem();
        var tables = db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct();
        var dump = new StringBuilder();
        await using var connection = new NpgsqlConnection(portal.Database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        foreach (var table in tables)
        {
            // CA2100: the name comes from the model.
#pragma warning disable CA2100
            await using var read = new NpgsqlCommand($"SELECT encode(t::text::bytea, 'escape') FROM \"{table}\" t", connection);
#pragma warning restore CA2100
            await using var rows = await read.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken)) dump.AppendLine(rows.GetString(0));
        }

        return dump.ToString();
    }

    /// <summary>All bytes of a backup of a SQLite database.</summary>
    public static async Task<string> BackUpAsync(TestPortal portal, CancellationToken cancellationToken)
    {
        var copy = $"{portal.Database.Name}.backup"; // goes with the database
        await using (var connection = new SqliteConnection(portal.Database.ConnectionString))
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $copy";
            command.Parameters.AddWithValue("$copy", copy);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return await ReadAsync(copy, cancellationToken);
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
