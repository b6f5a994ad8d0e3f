using OnboardingPortal.Bench.Circuits;
using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Portal;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench.Rows;

/// <summary>What the portal's own pages cost: the live table of an agency user, and the page that a client's link opens.</summary>
internal sealed class PortalPages(BenchContext bench, StockCounter stock)
{
    private const int Rounds = 3;
    private const int Watchers = 20;
    private const double HandWrittenRow = 167;
    private const double LandingLimit = 150_000;
    private static readonly TimeSpan _untilExpiry = TimeSpan.FromSeconds(20);

    public async Task<IReadOnlyList<ResultRow>> MeasureHeapAsync(CancellationToken cancellationToken)
    {
        var (circuits, looks) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            circuits[round] = await MeasureTableHeapAsync(cancellationToken);
            looks[round] = await MeasureLookHeapAsync(cancellationToken);
        }

        bench.Raw.Add("table circuit, live heap in bytes", circuits);
        bench.Raw.Add("visitor who only opened a link, live heap in bytes", looks);
        double? reference = double.IsNaN(stock.CircuitHeap) ? null : stock.CircuitHeap;
        return
        [
            new("idle table of 25 requests: live heap of a circuit", circuits.Median(), reference, Unit.Bytes, Target.RatioAtMost(1.5)),
            new("visitor who only opened a link: live heap", looks.Median(), reference, Unit.Bytes, Target.RatioAtMost(0.05)),
        ];
    }

    public async Task<IReadOnlyList<ResultRow>> MeasureWireAsync(CancellationToken cancellationToken)
    {
        var landing = await MeasureLandingAsync(cancellationToken);
        var change = await MeasureChangeAsync(cancellationToken);
        return
        [
            new("one changed status: render batch to each watcher", change, HandWrittenRow, Unit.Bytes, Target.RatioAtMost(1.5)),
            new("landing page on the wire, first visit", landing.Bytes, null, Unit.Bytes, Target.ValueAtMost(LandingLimit)),
            new("landing page: requests to other hosts", landing.Foreign, null, Unit.Count, Target.ValueAtMost(0)),
        ];
    }

    private async Task<double> MeasureTableHeapAsync(CancellationToken cancellationToken)
    {
        await using var site = await PortalSite.StartAsync(bench, cancellationToken);
        var owner = await site.SignInAsync(cancellationToken);
        return await SessionHeap.MeasureAsync(site.Server, async cancellation => await OpenTableAsync(site, owner, cancellation), cancellationToken);
    }

    private async Task<double> MeasureLookHeapAsync(CancellationToken cancellationToken)
    {
        await using var site = await PortalSite.StartAsync(bench, cancellationToken);
        return await SessionHeap.MeasureAsync(site.Server, async cancellation =>
        {
            await new Visitor(bench.Http).GetPageAsync(site.Link, cancellation);
            return null;
        }, cancellationToken);
    }

    /// <summary>Several people look at the table while one request expires by itself.</summary>
    private async Task<double> MeasureChangeAsync(CancellationToken cancellationToken)
    {
        await using var site = await PortalSite.StartAsync(bench, cancellationToken);
        var owner = await site.SignInAsync(cancellationToken);
        await site.SendAsync(PortalSite.Recipient(0), _untilExpiry, cancellationToken);
        var watchers = new List<Circuit>();
        for (var number = 0; number < Watchers; number++) watchers.Add(await OpenTableAsync(site, owner, cancellationToken));
        var traffic = await RenderTraffic.MeasureAsync(
            watchers, () => Task.CompletedTask, batch => batch.Texts.Any(text => text.Contains("Expired", StringComparison.Ordinal)), cancellationToken);
        foreach (var watcher in watchers) await watcher.DisposeAsync();
        bench.Raw.Add("one changed status, bytes of batches to each watcher", [.. traffic.Select(bytes => (double)bytes.Batches)]);
        bench.Raw.Add("one changed status, bytes of all messages to each watcher", [.. traffic.Select(bytes => (double)bytes.Messages)]);
        return traffic.Max(bytes => bytes.Batches);
    }

    private async Task<(double Bytes, double Foreign)> MeasureLandingAsync(CancellationToken cancellationToken)
    {
        await using var site = await PortalSite.StartAsync(bench, cancellationToken);
        var weight = await PageWeight.MeasureAsync(bench.Chromium, site.Link);
        bench.Raw.Add("landing page, bytes and requests of a first visit", [weight.Bytes, weight.Requests.Count]);
        return (weight.Bytes, weight.CountForeign(site.Link));
    }

    private static Task<Circuit> OpenTableAsync(PortalSite site, Visitor owner, CancellationToken cancellationToken) =>
        Circuit.OpenAsync(owner, site.TablePage, batch => ShowsAll(batch), cancellationToken);

    private static bool ShowsAll(RenderBatch batch)
    {
        var texts = string.Concat(batch.Texts);
        return Enumerable.Range(2, PortalSite.Lines - 1).All(number => texts.Contains(PortalSite.Recipient(number), StringComparison.Ordinal));
    }
}
