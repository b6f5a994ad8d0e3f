using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Http;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync.Kills;

/// <summary>
/// A process that holds Core alone, with a node for each of some syncs. It reads what to do from its input, tells there each node stands or
/// that its run has ended, and is killed, or ends by itself.
/// </summary>
internal static class KillableNodes
{
    /// <summary>What starts it.</summary>
    public const string Command = "killable-nodes";

    private const int MaxRounds = 100;
    private const int FirstPage = 3; // less than a batch
    private const int FurtherPages = 100;

    public static async Task<int> RunAsync()
    {
        var life = JsonSerializer.Deserialize<KillableLife>((await Console.In.ReadLineAsync())!)!;
        _ = Task.Run(EndWithTheTest);
        await Task.WhenAll(life.Syncs.Select(s => Task.Run(() => RestAsync(life, s))));
        return 0;
    }

    /// <summary>A run of tests that was ended leaves nobody behind.</summary>
    private static void EndWithTheTest()
    {
        while (Console.In.ReadLine() is not null)
        {
        }

        Environment.Exit(1);
    }

    /// <summary>Rounds of the engine, the clock going on to when it is due, until the run is over.</summary>
    private static async Task RestAsync(KillableLife life, KillableSync sync)
    {
        var clock = new FakeTime();
        clock.SetUtcNow(life.Now);
        await using var services = Build(life, sync, clock);
        var (engine, contexts) = (services.GetRequiredService<SyncEngine>(), services.GetRequiredService<PortalDbContextFactory>());
        for (var rounds = 0; rounds < MaxRounds; rounds++)
        {
            await engine.SyncAsync(CancellationToken.None);
            await using var db = contexts.CreateForSystem();
            var row = await db.AudienceSyncs.IgnoreQueryFilters().AsNoTracking().SingleAsync(s => s.Id == AudienceSyncId.From(sync.Id));
            if (row.RunId is null)
            {
                await Console.Out.WriteLineAsync($"ended {sync.Name}");
                return;
            }

            var due = row.LeasedUntil > row.DueAt ? row.LeasedUntil : row.DueAt;
            if (due > clock.Now) clock.SetUtcNow(due.Value);
        }

        throw new InvalidOperationException($"The run does not end: {sync.Name}");
    }

    private static ServiceProvider Build(KillableLife life, KillableSync sync, FakeTime clock)
    {
        var points = new KillPoints(sync, life.Point);
        var list = new ListStub { PageSize = FirstPage };
        list.People.AddRange(sync.List);
        list.BeforePage = async () =>
        {
            await points.BeforePageAsync();
            if (list.Pages > 0) list.PageSize = FurtherPages;
        };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(sync.Settings).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        services.AddLocalization().AddSingleton<TimeProvider>(clock).AddSingleton<IServer, StubServer>().AddPortalCore();
        services.AddSingleton<IPlatformClient>(new MadeUpPlatform(clock)).AddSingleton<IContactSource>(list)
            .AddSingleton(new SyncLimits(KilledSync.Rows, KilledSync.MaxChanges));
        points.Register(services);
        services.PostConfigureAll<HttpClientFactoryOptions>(o => o.HttpMessageHandlerBuilderActions.Add(
            builder => builder.PrimaryHandler = new KillPoints.Calls(points, new SandboxGraph(life.Sandbox, clock))));
        return services.BuildServiceProvider();
    }
}
