using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Development;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Browser;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>
/// A real node is killed in the middle of its background work (SIGKILL): another one loses nothing, and makes nothing a second time.
/// </summary>
[Collection(BrowserTest.Platforms)]
public sealed class KilledNodeTests
{
    private const int Rows = 120;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task On_SQLite_what_a_killed_node_held_is_taken_over_when_its_leases_have_run_out() => TakeOverAsync();

    [Fact]
    public async Task On_PostgreSQL_what_a_killed_node_held_is_taken_over_when_its_leases_have_run_out()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres, Cancel);
        await TakeOverAsync(("Database:Provider", "Postgres"), ("ConnectionStrings:Portal", database.ConnectionString));
    }

    private static async Task TakeOverAsync(params (string Name, string Value)[] settings)
    {
        await using var portal = await PortalProcess.StartAsync(
            [.. settings.Select(s => (s.Name.Replace(":", "__", StringComparison.Ordinal), s.Value))]);
        await using var now = new SecondNode(portal, settings);
        var owner = await now.UserAsync("owner@demo.test", Cancel);
        var bulk = now.Get<BulkService>();
        var import = (await bulk.ReadAsync(owner, "list.csv", ManyRows(), Cancel)).Value;
        Assert.Null(await bulk.SendAsync(owner, import, Cancel));

        while (await SentAsync() < 10) Cancel.ThrowIfCancellationRequested();
        await portal.KillAsync();
        while (await LeasedUntilAsync(now, import) is null) // between two turns it held nothing
        {
            var before = await SentAsync();
            await portal.RestartAsync();
            while (await SentAsync() == before) Cancel.ThrowIfCancellationRequested();
            await portal.KillAsync();
        }

        Assert.InRange(await SentAsync(), 10, Rows - 1);
        Assert.Equal(0, await now.Get<BulkSending>().SendAsync(Cancel)); // its lease still holds
        await using var later = new SecondNode(portal, new LaterClock(TimeSpan.FromMinutes(3)), settings);
        while (await later.Get<BulkSending>().SendAsync(Cancel) > 0) Cancel.ThrowIfCancellationRequested();
        while (await later.Get<OutboxDelivery>().DeliverAsync(Cancel) > 0) Cancel.ThrowIfCancellationRequested();

        var ended = (await bulk.FindAsync(owner, import, Cancel))!;
        Assert.Equal((BulkImportState.Done, Rows, 0), (ended.State, ended.Sent, ended.Failed));
        var wanted = Enumerable.Range(0, Rows).Select(Address).Order(StringComparer.Ordinal).ToList();
        await using var db = later.Get<PortalDbContextFactory>().Create(owner.Agency);
        var asked = await db.Recipients.Where(r => r.Email.EndsWith("@killed.example")).Select(r => r.Email).ToListAsync(Cancel);
        Assert.Equal(wanted, asked.Order(StringComparer.Ordinal)); // no request twice, none lost
        var mails = PickedUpMail.ReadAll(Path.Combine(portal.DataDirectory, "mail"));
        Assert.All(wanted, address => Assert.Contains(mails, m => m.To.Contains(address, StringComparison.Ordinal)));
        Assert.False(await db.EmailMessages.AnyAsync(m => m.To.EndsWith("@killed.example") && m.State != EmailState.Sent, Cancel));

        async Task<int> SentAsync() => (await bulk.FindAsync(owner, import, Cancel))!.Sent;
    }

    private static string Address(int row) => string.Create(CultureInfo.InvariantCulture, $"a{row}@killed.example");

    private static MemoryStream ManyRows() => new(Encoding.UTF8.GetBytes(
        $"recipients,services\n{string.Concat(Enumerable.Range(0, Rows).Select(i => $"{Address(i)},mailchimp\n"))}"));

    private static async Task<DateTimeOffset?> LeasedUntilAsync(SecondNode node, BulkImportId import)
    {
        await using var db = node.Get<PortalDbContextFactory>().CreateForSystem();
        return await db.BulkImports.IgnoreQueryFilters().Where(i => i.Id == import).Select(i => i.LeasedUntil).SingleAsync(Cancel);
    }

    /// <summary>The clock of a node that comes later.</summary>
    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
    }
}
