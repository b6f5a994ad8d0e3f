using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Npgsql;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// A migrated, empty database of one test: with SQLite a copy of a template file, with PostgreSQL a database that an earlier test emptied
/// again, since making and dropping one costs that server more than most tests do.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>What tests lay down goes with the run.</summary>
    public static readonly string Folder = MakeFolder();

    private static readonly Lazy<Task<string>> SqliteTemplate = new(MigrateSqliteAsync);
    private static readonly ConcurrentBag<string> FreePostgres = [];

    private TestDatabase(DatabaseProvider provider, string name, string connectionString)
    {
        Provider = provider;
        Name = name;
        ConnectionString = connectionString;
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>The file of a SQLite database, the name of a PostgreSQL one.</summary>
    public string Name { get; }

    /// <summary>The server that <c>test.sh</c> started. Without it a developer's run skips, and a build server's fails.</summary>
    private static string Server
    {
        get
        {
            if (Environment.GetEnvironmentVariable("PORTAL_TEST_POSTGRES") is { Length: > 0 } server) return server;
            const string reason = "PORTAL_TEST_POSTGRES names no PostgreSQL server; ./test.sh starts one.";
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) throw new InvalidOperationException(reason);
            Assert.Skip(reason);
            return reason;
        }
    }

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider, CancellationToken cancellationToken)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            var file = Path.Combine(Folder, $"{Guid.NewGuid():N}.db");
            File.Copy(await SqliteTemplate.Value, file);
            return new TestDatabase(provider, file, $"Data Source={file};Foreign Keys=True;Default Timeout=10");
        }

        if (!FreePostgres.TryTake(out var name)) name = await MigratePostgresAsync(cancellationToken);
        return new TestDatabase(provider, name, ConnectionStringOf(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider == DatabaseProvider.Sqlite)
        {
            await using (var connection = new SqliteConnection(ConnectionString)) SqliteConnection.ClearPool(connection);
            foreach (var file in Directory.GetFiles(Folder, Path.GetFileName(Name) + "*")) File.Delete(file);
            return;
        }

        await EmptyAsync(ConnectionString);
        FreePostgres.Add(Name);
    }

    private static async Task<string> MigrateSqliteAsync()
    {
        var file = Path.Combine(Folder, "template.db");
        await MigrateAsync(DatabaseProvider.Sqlite, $"Data Source={file};Pooling=False");
        return file;
    }

    private static async Task<string> MigratePostgresAsync(CancellationToken cancellationToken)
    {
        var name = $"portal_{Guid.NewGuid():N}";
        await RunAsync(Server, $"CREATE DATABASE {name}", cancellationToken);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RunAsync(Server, $"DROP DATABASE {name} WITH (FORCE)", CancellationToken.None)
            .GetAwaiter().GetResult();
        await MigrateAsync(DatabaseProvider.Postgres, ConnectionStringOf(name));
        return name;
    }

    private static async Task MigrateAsync(DatabaseProvider provider, string connectionString)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider.ToString(),
            ["ConnectionStrings:Portal"] = connectionString
        };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddPortalDatabase();
        await using var built = services.BuildServiceProvider();
        await PortalDatabase.MigrateAsync(built.GetRequiredService<PortalDbContextFactory>(), isAlone: false, CancellationToken.None);
    }

    private static string ConnectionStringOf(string name) => new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString;

    /// <summary>Deletes every row, foreign keys left aside so that the order does not matter.</summary>
    private static async Task EmptyAsync(string connectionString)
    {
        var tables = new List<string>();
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var list = new NpgsqlCommand(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '__EFMigrationsHistory'", connection);
            await using var rows = await list.ExecuteReaderAsync();
            while (await rows.ReadAsync()) tables.Add(rows.GetString(0));
        }

        var delete = string.Concat(tables.Select(t => $"DELETE FROM \"{t}\";"));
        await RunAsync(
            connectionString, $"SET session_replication_role = replica; {delete} SET session_replication_role = DEFAULT;",
            CancellationToken.None);
    }

    // CA2100: the names are made here or read from the database, and a name cannot be a parameter.
#pragma warning disable CA2100
    private static async Task RunAsync(string connectionString, string command, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var run = new NpgsqlCommand(command, connection);
        await run.ExecuteNonQueryAsync(cancellationToken);
    }
#pragma warning restore CA2100

    private static string MakeFolder()
    {
        // In memory where the system has a place for it: the portal's full sync at every commit then costs nothing.
        var folder = Directory.Exists("/dev/shm")
            ? $"/dev/shm/portal-tests-{Guid.NewGuid():N}"
            : Path.Combine(Path.GetTempPath(), $"portal-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
