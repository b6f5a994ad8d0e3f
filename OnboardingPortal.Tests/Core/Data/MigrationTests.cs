using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Data;

public abstract class MigrationTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task The_migrations_say_all_that_the_model_says()
    {
        await using var db = Portal.Contexts.CreateForSystem();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Cancel));
    }

    [Fact]
    public async Task Two_nodes_that_start_at_once_migrate_without_colliding()
    {
        await using var other = Portal.AnotherNode();

        await Task.WhenAll(
            PortalDatabase.MigrateAsync(Portal.Contexts, isAlone: false, Cancel),
            PortalDatabase.MigrateAsync(other.Contexts, isAlone: false, Cancel));
    }

    [Fact]
    public async Task Times_are_UTC_and_exact_to_the_microsecond()
    {
        Clock.Advance(TimeSpan.FromTicks(12_345_670));
        var request = await ARequest().DraftAsync();

        var saved = (await RowOf(request.Id)).RequestedAt;

        Assert.Equal((Clock.Now, TimeSpan.Zero), (saved, saved.Offset));
    }
}

public sealed class MigrationTestsOnSqlite() : MigrationTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task SQLite_waits_syncs_and_keeps_its_foreign_keys()
    {
        await using var db = Portal.Contexts.CreateForSystem();
        await db.Database.OpenConnectionAsync(Cancel);

        Assert.Equal(
            ("wal", 2L, 1L), (await PragmaAsync("journal_mode"), await PragmaAsync("synchronous"), await PragmaAsync("foreign_keys")));

        async Task<object?> PragmaAsync(string name)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            // CA2100: the names stand above.
#pragma warning disable CA2100
            command.CommandText = $"PRAGMA {name}";
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync(Cancel);
        }
    }
}

public sealed class MigrationTestsOnPostgres() : MigrationTests(DatabaseProvider.Postgres);
