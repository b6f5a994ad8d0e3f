using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Portal;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Bench.Rows;

/// <summary>
/// Mails of requests from the outbox into a sink that takes them at once, against raw commits of one row each into the same file with the
/// same settings.
/// </summary>
internal sealed class OutboxDelivery(BenchContext bench)
{
    private const int WarmUps = 5; // until the compiler is done with what a portal does all day
    private const int Rounds = 7;
    private const int Mails = 1_000;
    private const int Single = 100;

    public async Task<IReadOnlyList<ResultRow>> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var services = PortalCore.Open(bench.NewDataFolder(), new Sink(), ("Portal:PublicUrl", "https://portal.example/"),
            ("Platforms:Mailchimp:ClientId", "bench"), ("Platforms:Mailchimp:ClientSecret", "bench"));
        var contexts = services.GetRequiredService<PortalDbContextFactory>();
        await PortalDatabase.MigrateAsync(contexts, isAlone: false, cancellationToken);
        string connectionString;
        await using (var db = contexts.CreateForSystem()) connectionString = db.Database.GetConnectionString()!;
        await RequestSeed.FillAsync(connectionString, 1_000, cancellationToken);
        await using var raw = new SqliteConnection(connectionString);
        await raw.OpenAsync(cancellationToken);
        Execute(raw, "PRAGMA synchronous=FULL; CREATE TABLE raw_commits (id INTEGER PRIMARY KEY, at INTEGER NOT NULL)");

        var (measured, reference, alone) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < WarmUps + Rounds; round++)
        {
            for (var i = 0; i < Mails / RecipientList.MaxAddresses; i++)
                await QueueAsync(services, $"round{round}-{i}", RecipientList.MaxAddresses, cancellationToken);
            var mails = await TimeAsync(async () =>
            {
                if (await services.GetRequiredService<OnboardingPortal.Core.Outbox.OutboxDelivery>()
                    .DeliverAsync(cancellationToken) != Mails)
                    throw new InvalidOperationException("The outbox did not deliver all mails.");
            });
            var commits = await TimeAsync(() =>
            {
                for (var i = 0; i < Mails; i++)
                    Execute(raw, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO raw_commits (at) VALUES ({i})"));
                return Task.CompletedTask;
            });
            if (round < WarmUps) continue;
            measured.Add(mails / Mails);
            reference.Add(commits / Mails);
        }

        for (var i = 0; i < Single; i++)
        {
            await QueueAsync(services, $"single-{i}", 1, cancellationToken);
            alone.Add(
                await TimeAsync(
                    () => services.GetRequiredService<OnboardingPortal.Core.Outbox.OutboxDelivery>().DeliverAsync(cancellationToken)));
        }

        bench.Raw.Add("mail delivered and acknowledged, ms", [.. measured]);
        bench.Raw.Add("mail delivered and acknowledged, ms: raw commit of one row", [.. reference]);
        bench.Raw.Add("one mail from queued to acknowledged, ms", [.. alone]);
        SqliteConnection.ClearAllPools();
        return
        [
            new("mail out of 1,000 delivered and acknowledged, p50, against a raw commit of one row", measured.ToArray().Percentile(50),
                reference.ToArray().Percentile(50), Unit.Milliseconds, Target.RatioAtMost(2)),
            new("one mail alone, claimed, delivered and acknowledged, p50", alone.ToArray().Percentile(50), null, Unit.Milliseconds, null),
        ];
    }

    private static async Task QueueAsync(ServiceProvider services, string name, int recipients, CancellationToken cancellationToken)
    {
        var requests = services.GetRequiredService<RequestService>();
        var owner = new AgencyCaller(
            RequestSeed.AgencyIds[0], AgencyUserId.From(1), AgencyRole.MainUser, "Demo owner", "owner@agency.example", null);
        var input = new RequestTerms("We need access to your mailing lists.", [new PlatformKey("mailchimp")], null, null, null);
        var request = await requests.CreateAsync(owner, input, cancellationToken);
        var sent = request.Succeeded
            ? await requests.SendAsync(
                owner, request.Value, string.Join(',', Enumerable.Range(0, recipients).Select(i => $"{name}-{i}@bakery.example")),
                cancellationToken)
            : request.Error;
        if (!sent.Succeeded) throw new InvalidOperationException($"The request was refused: {sent.Error}");
    }

    private static async Task<double> TimeAsync(Func<Task> what)
    {
        var started = Stopwatch.GetTimestamp();
        await what();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // no text from outside
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private sealed class Sink : IEmailTransport
    {
        public Task<EmailReceipt> SendAsync(OutgoingEmail email, CancellationToken cancellationToken) =>
            Task.FromResult(new EmailReceipt());
    }
}
