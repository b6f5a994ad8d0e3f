using Microsoft.Data.Sqlite;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>The portal starts after whatever stopped it before, or says in a sentence why it does not.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed class StartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_portal_that_was_killed_while_it_made_its_database_starts_again()
    {
        await using var portal = PortalProcess.Prepare();
        await using (var db = await OpenAsync(portal))
        {
            // What a kill between the lock and the first migration leaves.
            await ExecuteAsync(db, """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            await ExecuteAsync(db, """INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00')""");
        }

        await portal.RestartAsync().WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        await portal.StopAsync(Cancel);
        await using (var db = await OpenAsync(portal))
        {
            await ExecuteAsync(db, """INSERT OR REPLACE INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00')""");
        }

        await portal.RestartAsync().WaitAsync(TimeSpan.FromSeconds(60), Cancel);
    }

    [Fact]
    public async Task A_second_portal_on_one_file_of_SQLite_is_refused_in_a_sentence_and_the_first_goes_on()
    {
        await using var first = await PortalProcess.StartAsync();
        await using var second = PortalProcess.Prepare(("Portal__DataDirectory", first.DataDirectory));

        Assert.Equal(1, await second.RunToEndAsync(Cancel));

        Assert.Contains("Another portal already runs on", second.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Log, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = first.Address };
        Assert.True((await http.GetAsync(new Uri("/account/login", UriKind.Relative), Cancel)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("/dev/null/data", "cannot write to its data directory")]
    [InlineData("/proc/portal", "cannot write to its data directory")]
    public async Task A_data_directory_that_cannot_be_written_to_is_told_in_a_sentence(string directory, string sentence)
    {
        await using var portal = PortalProcess.Prepare(("Portal__DataDirectory", directory));

        Assert.Equal(1, await portal.RunToEndAsync(Cancel));

        Assert.Contains(sentence, portal.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("master.key", "does not hold a master key")]
    [InlineData("portal.db", "none of SQLite, or it is damaged")]
    public async Task A_file_that_is_not_what_it_should_be_is_told_in_a_sentence_and_left_as_it_is(string file, string sentence)
    {
        await using var portal = PortalProcess.Prepare();
        var path = Path.Combine(portal.DataDirectory, file);
        await File.WriteAllTextAsync(path, "half of something that is longer than a header", Cancel);

        Assert.Equal(1, await portal.RunToEndAsync(Cancel));

        Assert.Contains(sentence, portal.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Log, StringComparison.Ordinal);
        Assert.Equal("half of something that is longer than a header", await File.ReadAllTextAsync(path, Cancel));
    }

    [Fact]
    public async Task Nobody_but_the_portals_own_user_may_open_what_it_keeps_also_what_was_there_before()
    {
        if (OperatingSystem.IsWindows()) return; // there the directory's owner says so
        await using var portal = PortalProcess.Prepare();
        File.SetUnixFileMode(portal.DataDirectory, (UnixFileMode)0b111_101_101);
        var old = Path.Combine(
            Directory.CreateDirectory(Path.Combine(portal.DataDirectory, "mail"), (UnixFileMode)0b111_101_101).FullName, "old.eml");
        await File.WriteAllTextAsync(old, "To: somebody@bakery.example", Cancel);
        File.SetUnixFileMode(old, (UnixFileMode)0b110_100_100);
        var foreign = Path.Combine(portal.DataDirectory, "somebody-elses.sh");
        await File.WriteAllTextAsync(foreign, "#!/bin/sh", Cancel);
        File.SetUnixFileMode(foreign, (UnixFileMode)0b111_101_101);

        await portal.RestartAsync();
        using (var http = new HttpClient { BaseAddress = portal.Address }) await http.GetAsync(
            new Uri("/account/login", UriKind.Relative), Cancel);

        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(foreign)); // what is not the portal's stays as it was
        File.Delete(foreign);
        var entries = Directory.EnumerateFileSystemEntries(portal.DataDirectory, "*", SearchOption.AllDirectories)
            .Append(portal.DataDirectory).ToList();
        Assert.Contains(entries, entry => entry.EndsWith("portal.db", StringComparison.Ordinal));
        foreach (var entry in entries)
        {
            Assert.Equal(Directory.Exists(entry) ? (UnixFileMode)0b111_000_000 : (UnixFileMode)0b110_000_000, File.GetUnixFileMode(entry));
        }
    }

    private static async Task<SqliteConnection> OpenAsync(PortalProcess portal)
    {
        var db = new SqliteConnection($"Data Source={Path.Combine(portal.DataDirectory, "portal.db")};Pooling=False");
        await db.OpenAsync(Cancel);
        return db;
    }

    private static async Task ExecuteAsync(SqliteConnection db, string sql)
    {
        await using var command = db.CreateCommand();
#pragma warning disable CA2100 // The statements stand in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
