using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Data;

/// <summary>Every test fails of a query that holds a thread, or that takes some rows without saying which.</summary>
public abstract class DatabaseMannersTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task A_query_that_holds_a_thread_while_the_database_works_is_refused()
    {
        await using var db = Portal.Contexts.CreateForSystem();
        var agency = await db.Agencies.OrderBy(a => a.Id).FirstAsync(Cancel);
        db.Entry(agency).Property(a => a.DefaultMessage).CurrentValue = "Another one.";

        var refused = Assert.ThrowsAny<Exception>(() => db.SaveChanges()); // by way of Core's own context

        Assert.Contains("holds a thread", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await db.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task A_query_that_takes_some_rows_without_an_order_is_refused()
    {
        await using var db = Portal.Contexts.CreateForSystem();

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Agencies.Take(1).ToListAsync(Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Agencies.FirstOrDefaultAsync(Cancel));
        Assert.Single(await db.Agencies.OrderBy(a => a.Id).Take(1).ToListAsync(Cancel));
    }
}

public sealed class DatabaseMannersTestsOnSqlite() : DatabaseMannersTests(DatabaseProvider.Sqlite);

public sealed class DatabaseMannersTestsOnPostgres() : DatabaseMannersTests(DatabaseProvider.Postgres);
