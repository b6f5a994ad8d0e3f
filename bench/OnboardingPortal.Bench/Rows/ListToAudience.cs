using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Portal;

namespace OnboardingPortal.Bench.Rows;

/// <summary>
/// A list on its way to an audience: by the published portal, over HTTP from and to the stand-in platforms in a process of their own, while
/// people look at the portal's pages.
/// </summary>
internal sealed class ListToAudience(BenchContext bench)
{
    private const int MostLooks = 900;
    private const int FewLooks = 90;
    private const int PeopleALook = 1_000;
    private const int MostCalls = 8;
    private const double PeopleAMinute = 100_000;
    private const double MostMemory = 100_000_000;

    public async Task<IReadOnlyList<ResultRow>> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var platforms = await SandboxSite.StartAsync(bench, bench.Contacts, cancellationToken);
        await using var site = await PortalSite.StartAsync(bench, platforms, cancellationToken);
        await using var core = site.OpenCore();
        var list = await GrantedList.GrantAsync(core, platforms, cancellationToken);
        var pages = new PageTimes(bench.Http, site, await site.SignInAsync(cancellationToken));
        var looks = Math.Clamp(bench.Contacts / PeopleALook, FewLooks, MostLooks);
        await pages.TakeAsync(count => count >= looks / 3, cancellationToken);
        var quiet = await pages.TakeAsync(count => count >= looks, cancellationToken);
        var memory = new ProcessMemory(site.Server.ProcessId);
        var (idle, ownIdle) = (memory.All, memory.Own);

        var filling = FillAsync(list, cancellationToken);
        var peak = memory.PeakAsync(filling, cancellationToken);
        var busy = await pages.TakeAsync(_ => filling.IsCompleted, cancellationToken);
        var (filled, ownFilled) = await peak;
        var (people, took) = await filling;

        var (before, read) = await TimeAsync(() => list.ReadAsync(cancellationToken));
        await platforms.ChangeAsync(bench.Http, cancellationToken);
        await list.BeginAsync(cancellationToken);
        var differing = list.EndAsync(cancellationToken);
        var (compared, ownCompared) = await memory.PeakAsync(differing, cancellationToken);
        var (difference, differed) = await differing;
        if (difference.Calls > MostCalls) throw new InvalidOperationException("The difference was sent as a replacement.");
        var (after, _) = await TimeAsync(() => list.ReadAsync(cancellationToken));
        SqliteConnection.ClearAllPools();

        bench.Raw.Add("list to audience: people read, in the audience, changed, seconds", [people, read, difference.Counts.Added
            + difference.Counts.Removed, took.TotalSeconds, before, differed.TotalSeconds, after]);
        bench.Raw.Add("list to audience: portal's memory idle and at its peaks, bytes; own pages", [idle, filled, compared, ownIdle,
            ownFilled, ownCompared]);
        bench.Raw.Add("pages while quiet, ms", quiet);
        bench.Raw.Add("pages while a list is sent, ms", busy);
        return
        [
            new($"first fill of an audience with {bench.Contacts:N0} contacts", took.TotalMilliseconds, null, Unit.Milliseconds,
                Target.ValueAtMost(bench.Contacts / PeopleAMinute * 60_000)),
            new("the same in contacts a minute", bench.Contacts / took.TotalMinutes, null, Unit.Count, null),
            new("portal's memory at its peak above idle, first plan and fill", filled - idle, null, Unit.Bytes,
                Target.ValueAtMost(MostMemory)),
            new("portal's memory at its peak above idle, difference of 1 %", compared - idle, null, Unit.Bytes,
                Target.ValueAtMost(MostMemory)),
            new("a difference of 1 %, read, compared and sent, against reading alone", differed.TotalMilliseconds,
                (before + after) / 2 * 1000, Unit.Milliseconds, Target.RatioAtMost(1.5)),
            new("pages while the list is planned and sent, p99, against quiet", busy.Percentile(99), quiet.Percentile(99),
                Unit.Milliseconds, Target.RatioAtMost(2)),
            new("pages while the list is planned and sent, p50, against quiet", busy.Median(), quiet.Median(), Unit.Milliseconds, null),
        ];
    }

    /// <summary>Plans and runs for the first time.</summary>
    private static async Task<(long People, TimeSpan Took)> FillAsync(GrantedList list, CancellationToken cancellationToken)
    {
        await list.CreateAsync(cancellationToken);
        await list.EndAsync(cancellationToken);
        await list.BeginAsync(cancellationToken);
        var (run, took) = await list.EndAsync(cancellationToken);
        return (run.Counts.Read, took);
    }

    private static async Task<(double Seconds, int People)> TimeAsync(Func<Task<int>> what)
    {
        var started = Stopwatch.GetTimestamp();
        var people = await what();
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, people);
    }
}
