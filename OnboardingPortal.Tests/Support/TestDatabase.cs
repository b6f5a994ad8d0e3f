using Microsoft.Data.Sqlite;
using Npgsql;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Tests.Support;

/// <summary>A fresh, migrated database of one test: a copy of a template that is migrated once a run.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string Folder = MakeFolder();
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MigrateSqliteAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MigratePostgresAsync);

    private TestDatabase(DatabaseProvider provider, string name, string connectionString) =>
        (Provider, Name, ConnectionString) = (provider, name, connectionString);

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

        var server = new NpgsqlConnectionStringBuilder(Server);
        var name = $"portal_{Guid.NewGuid():N}";
        await RunOnServerAsync($"CREATE DATABASE {name} TEMPLATE {await PostgresTemplate.Value} STRATEGY FILE_COPY", cancellationToken);
        server.Database = name;
        return new TestDatabase(provider, name, server.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider == DatabaseProvider.Sqlite)
        {
            await using (var connection = new SqliteConnection(ConnectionString)) SqliteConnection.ClearPool(connection);
            foreach (var file in Directory.GetFiles(Folder, Path.GetFileName(Name) + "*")) File.Delete(file);
            return;
        }

        await RunOnServerAsync($"DROP DATABASE {Name} WITH (FORCE)", CancellationToken.None);
    }

    private static async Task<string> MigrateSqliteAsync()
    {
        var file = Path.Combine(Folder, "template.db");
        var connectionString = $"Data Source={file};Pooling=False";
        await MigrateAsync(DatabaseProvider.Sqlite, connectionString);
        return file;
    }

    private static async Task<string> MigratePostgresAsync()
    {
        var name = $"portal_template_{Guid.NewGuid():N}";
        await RunOnServerAsync($"CREATE DATABASE {name}", CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RunOnServerAsync($"DROP DATABASE IF EXISTS {name}", CancellationToken.None).GetAwaiter().GetResult();
        var server = new NpgsqlConnectionStringBuilder(Server) { Database = name, Pooling = false };
        await MigrateAsync(DatabaseProvider.Postgres, server.ConnectionString);
        return name;
    }

    private static async Task MigrateAsync(DatabaseProvider provider, string connectionString)
    {
        var settings = new Dictionary<string, string?> { ["Database:Provider"] = provider.ToString(), ["ConnectionStrings:Portal"] = connectionString };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddPortalDatabase();
        await using var built = services.BuildServiceProvider();
        await PortalDatabase.MigrateAsync(built.GetRequiredService<PortalDbContextFactory>(), CancellationToken.None);
    }

    // CA2100: the names are made here, and a database's name cannot be a parameter.
#pragma warning disable CA2100
    private static async Task RunOnServerAsync(string command, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync(cancellationToken);
        await using var run = new NpgsqlCommand(command, connection);
        await run.ExecuteNonQueryAsync(cancellationToken);
    }
#pragma warning restore CA2100

    private static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("portal-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
