using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Data;

/// <summary>
/// A disk that is full is told once, and so is the first write that succeeds again. The limit of a database's pages plays the full disk.
/// </summary>
public sealed class FullDiskTests() : PortalTest(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_full_disk_is_one_line_in_the_log_however_many_writes_fail_and_reading_does_not_end_it()
    {
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Database.OpenConnectionAsync(Cancel); // the limit is one connection's
            await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1", Cancel);
            for (var failed = 0; failed < 3; failed++)
            {
                var refused = await Assert.ThrowsAsync<DbUpdateException>(() => WriteAsync(db));
                Assert.True(DatabaseTrouble.Is(refused) && DatabaseTrouble.IsLogged(refused));
                Clock.Advance(TimeSpan.FromSeconds(10));
                await using var idle = await db.Database.BeginTransactionAsync(Cancel);
                Assert.NotEmpty(await db.Agencies.AsNoTracking().ToListAsync(Cancel));
                await idle.CommitAsync(Cancel);
            }

            Assert.Single(Lines("cannot be used"));
            Assert.Empty(Lines("can be used again"));
            await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 4294967294", Cancel);
        }

        await using var room = Portal.Contexts.CreateForSystem();
        await WriteAsync(room);
        Assert.Single(Lines("can be used again"));
    }

    private async Task WriteAsync(PortalDbContext db)
    {
        db.ChangeTracker.Clear();
        db.Agencies.Add(new Agency(AgencyId.New(Clock), new string('x', 100_000), "", Clock.Now));
        await db.SaveChangesAsync(Cancel);
    }

    private IEnumerable<string> Lines(string text) => Portal.Logs.Lines.Where(line => line.Contains(text, StringComparison.Ordinal));
}
