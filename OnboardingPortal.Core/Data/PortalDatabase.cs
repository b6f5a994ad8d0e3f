using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Data;

/// <summary>The section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Database";

    /// <summary><c>Sqlite</c> or <c>Postgres</c>.</summary>
    public DatabaseProvider Provider { get; set; }
}

/// <summary>The databases the portal runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>A file in the data directory; needs nothing installed.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, named by <c>ConnectionStrings:Portal</c>; for several nodes.</summary>
    Postgres,
}

/// <summary>Opens the configured database.</summary>
public static class PortalDatabase
{
    private static readonly TimeSpan MigrationPatience = TimeSpan.FromMinutes(10);

    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds <see cref="PortalDbContextFactory"/> over pooled contexts, and a context for Identity's stores. What else takes part in a
        /// save is registered as <see cref="ISaveChangesInterceptor"/> by the folder that owns it.
        /// </summary>
        internal IServiceCollection AddPortalDatabase()
        {
            // tables for passkeys
            services.Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
            services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
            services.TryAddSingleton(TimeProvider.System);
            services.AddLogging().AddSingleton<DatabaseState>();
            services.AddPooledDbContextFactory<SqlitePortalDbContext>((provider, options) => UseSqlite(
                options.AddInterceptors(provider.GetServices<ISaveChangesInterceptor>()),
                provider.GetRequiredService<DataDirectory>().ConnectionString, provider.GetRequiredService<DatabaseState>()));
            services.AddPooledDbContextFactory<PostgresPortalDbContext>((provider, options) => UsePostgres(
                options.AddInterceptors(provider.GetServices<ISaveChangesInterceptor>()),
                provider.GetRequiredService<IConfiguration>().GetConnectionString("Portal")
                    ?? throw new InvalidOperationException("Database:Provider=Postgres needs ConnectionStrings:Portal."),
                provider.GetRequiredService<DatabaseState>()));
            services.AddSingleton<DataDirectory>().AddSingleton<DatabaseProbe>();
            services.AddSingleton(provider => new PortalDbContextFactory(
                provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.Postgres
                    ? provider.GetRequiredService<IDbContextFactory<PostgresPortalDbContext>>().CreateDbContext
                    : provider.GetRequiredService<IDbContextFactory<SqlitePortalDbContext>>().CreateDbContext));
            return services.AddScoped<PortalDbContext>(provider => provider.GetRequiredService<PortalDbContextFactory>().CreateForSystem());
        }
    }

    /// <summary>
    /// SQLite as the portal wants it: foreign keys, a full sync at each commit, waiting instead of failing when another writes.
    /// </summary>
    private static void UseSqlite(
        DbContextOptionsBuilder options, string connectionString,
        DatabaseState state) => LeaveLoggingToCallers(options.UseSqlite(connectionString))
        // the turn ends before that begins which follows a commit
        .AddInterceptors(FullSync.Instance, new WriteGate(state), new DiskWatch(state), Commits.Instance);

    /// <summary>PostgreSQL as the portal wants it.</summary>
    private static void UsePostgres(DbContextOptionsBuilder options, string connectionString, DatabaseState state) =>
        LeaveLoggingToCallers(options.UseNpgsql(connectionString)).AddInterceptors(new OutageWatch(state), Commits.Instance);

    /// <summary>What fails is thrown, and logged by whoever catches it: EF Core need not do so before, up to three times.</summary>
    private static DbContextOptionsBuilder LeaveLoggingToCallers(DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug),
            (RelationalEventId.TransactionError, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));

    /// <summary>
    /// Brings the database's schema up to date. Two nodes that start at once do not collide: EF Core holds a lock of the database.
    /// </summary>
    /// <param name="contexts">Open the database.</param>
    /// <param name="isAlone"> Whether no other process can be at the database, as <see cref="DataDirectory.Open"/> sees to: in SQLite the
    /// lock is a row, which a process that was killed leaves behind.
    /// </param>
    /// <param name="cancellationToken">Stops the wait for the lock.</param>
    /// <exception cref="StartRefusedException">The lock was not had within ten minutes.</exception>
    public static async Task MigrateAsync(PortalDbContextFactory contexts, bool isAlone, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            if (isAlone && db is SqlitePortalDbContext)
                await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(MigrationPatience);
            try
            {
                await db.Database.MigrateAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new StartRefusedException("The database's schema was not brought up to date within ten minutes: another node "
                    + "that migrates it still holds its lock.");
            }
        }

        if (db is SqlitePortalDbContext) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
    }

    /// <summary>Does what a context has to do after its commit, whoever began the transaction.</summary>
    private sealed class Commits : DbTransactionInterceptor
    {
        public static readonly Commits Instance = new();

        public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Done(eventData.Context);

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Done(eventData.Context);
            return Task.CompletedTask;
        }

        public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
        {
            if (eventData.Context is PortalDbContext db) db.AfterCommit = null; // of one that was given up
            return result;
        }

        public override ValueTask<DbTransaction> TransactionStartedAsync(
            DbConnection connection, TransactionEndEventData eventData, DbTransaction result,
            CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(TransactionStarted(connection, eventData, result));

        private static void Done(DbContext? context)
        {
            if (context is not PortalDbContext { AfterCommit: { } act } db) return;
            db.AfterCommit = null;
            act();
        }
    }

    private sealed class FullSync : DbConnectionInterceptor
    {
        public static readonly FullSync Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=FULL";
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData); // SQLite has no asynchronous calls
            return Task.CompletedTask;
        }
    }
}
