using System.Diagnostics;
using System.Text.Json;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Tests.Core.DataSync.Kills;

/// <summary>
/// A process is killed (SIGKILL) while its nodes stand at a named point of their runs, each time a later one, and another one goes on.
/// A process serves a node for each mode and database, since a start costs more than what a node does.
/// </summary>
public sealed class KilledSyncTests : IDisposable
{
    private const int ByKill = 128 + 9;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-test-kills-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>PostgreSQL where there is a server for tests.</summary>
    private static DatabaseProvider[] Databases => Environment.GetEnvironmentVariable("PORTAL_TEST_POSTGRES") is { Length: > 0 }
        ? [DatabaseProvider.Sqlite, DatabaseProvider.Postgres]
        : [DatabaseProvider.Sqlite];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Killed_at_twelve_points_of_three_kinds_of_runs_the_audience_ends_as_the_list_and_no_batch_is_sent_twice()
    {
        await using var sandbox = await AudienceHost.StartAsync(_folder.FullName, null, ("Sandbox:AdsTier", "Full"));
        var syncs = new List<KilledSync>();
        try
        {
            foreach (var (database, mode) in Databases.SelectMany(d => Enum.GetValues<KillMode>().Select(m => (d, m))))
            {
                syncs.Add(new KilledSync(database, mode, syncs.Count + 1, sandbox));
                await syncs[^1].InitializeAsync();
            }

            foreach (var point in Enum.GetValues<KillPoint>()) await LiveAsync(sandbox, syncs, point);
            await LiveAsync(sandbox, syncs, null);

            foreach (var sync in syncs) await sync.AssertHoldsAsync();
            AssertNoBatchArrivedTwice(sandbox);
        }
        finally
        {
            foreach (var sync in syncs) await sync.DisposeAsync();
        }
    }

    /// <summary>Starts a process, waits until each of its nodes is where it is to be, and kills it.</summary>
    private static async Task LiveAsync(AudienceHost sandbox, List<KilledSync> syncs, KillPoint? point)
    {
        var life = new KillableLife(
            point, sandbox.Clock.Now + TimeSpan.FromMinutes(3), sandbox.Address, [.. syncs.Select(s => s.Told)]);
        var start = new ProcessStartInfo("dotnet", [typeof(KillableNodes).Assembly.Location, KillableNodes.Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_gcServer"] = "0"; // it lives for a second
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        var told = new List<string>();
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(life));
            while (told.Count < syncs.Count && await process.StandardOutput.ReadLineAsync(Cancel).AsTask().WaitAsync(Patience, Cancel)
                is { } line) told.Add(line);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        var word = point is null ? "ended" : "at";
        Assert.True(
            told.Order().SequenceEqual(life.Syncs.Select(s => $"{word} {s.Name}").Order()),
            $"{point}: {string.Join(", ", told)}\n{await errors}");
        if (point is not null) Assert.Equal(ByKill, process.ExitCode);
    }

    /// <summary>Also none that was sent again because nobody had heard its answer: a first batch of a replacement least of all.</summary>
    private static void AssertNoBatchArrivedTwice(AudienceHost sandbox)
    {
        var batches = sandbox.Calls.Where(c => c.Form.ContainsKey("session")).Select(call =>
        {
            using var session = JsonDocument.Parse(call.Form["session"]);
            return (call.Address, Session: session.RootElement.GetProperty("session_id").GetInt64(),
                Sequence: session.RootElement.GetProperty("batch_seq").GetInt32());
        }).ToList();
        Assert.Equal(batches.Distinct(), batches);
        Assert.True(batches.Count > 30, $"Only {batches.Count} batches arrived.");
    }
}
