using Microsoft.Playwright;
using OnboardingPortal.Bench.Circuits;
using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Portal;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench.Rows;

/// <summary>What the portal's own pages cost: the live table of an agency user, and the page that a client's link opens.</summary>
internal sealed class PortalPages(BenchContext bench, StockCounter stock, ReferencePages reference)
{
    private const int Rounds = 3;
    private const int Watchers = 20;
    private const int TableSessions = 200;
    private const int LinkVisits = 500;
    private const double ChangeLimit = 400;
    private const double LandingLimit = 60_000;
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
        var wizard = await MeasureWizardHeapAsync(cancellationToken);
        return
        [
            new("idle table of 25 requests: live heap of a circuit", circuits.Median(), Known(reference.TableHeap), Unit.Bytes,
                Target.RatioAtMost(0.30)),
            new("wizard with 230 ad accounts: live heap of a tab", wizard, Known(reference.BoxesHeap), Unit.Bytes,
                Target.RatioAtMost(0.25)),
            new("visitor who only opened a link: live heap", looks.Median(), Known(stock.CircuitHeap), Unit.Bytes,
                Target.RatioAtMost(0.05)),
        ];
    }

    public async Task<IReadOnlyList<ResultRow>> MeasureWireAsync(CancellationToken cancellationToken)
    {
        var landing = await MeasureLandingAsync(cancellationToken);
        var change = await MeasureChangeAsync(cancellationToken);
        var table = await MeasureTableWeightAsync(cancellationToken);
        return
        [
            new("one changed status: render batches to each watcher", change, Known(reference.Change), Unit.Bytes,
                Target.RatioAtMost(0.03)),
            new("one changed status: the same in bytes", change, null, Unit.Bytes, Target.ValueAtMost(ChangeLimit)),
            new("table on the wire, first view after the sign-in", table, Known(reference.Weight), Unit.Bytes, Target.RatioAtMost(0.25)),
            new("landing page on the wire, first visit", landing.Bytes, null, Unit.Bytes, Target.ValueAtMost(LandingLimit)),
            new("landing page: requests to other hosts", landing.Foreign, null, Unit.Count, Target.ValueAtMost(0)),
        ];
    }

    private async Task<double> MeasureTableHeapAsync(CancellationToken cancellationToken)
    {
        await using var site = await PortalSite.StartAsync(bench, cancellationToken);
        var owner = await site.SignInAsync(cancellationToken);
        return await SessionHeap.MeasureAsync(
            site.Server, TableSessions, async cancellation => await OpenTableAsync(site, owner, cancellation), cancellationToken);
    }

    private async Task<double> MeasureLookHeapAsync(CancellationToken cancellationToken)
    {
        await using var site = await PortalSite.StartAsync(bench, cancellationToken);
        return await SessionHeap.MeasureAsync(site.Server, LinkVisits, async cancellation =>
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
            watchers, () => Task.CompletedTask, batch => batch.Texts.Any(text => text.Contains("Expired", StringComparison.Ordinal)),
            cancellationToken);
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

    private async Task<double> MeasureTableWeightAsync(CancellationToken cancellationToken)
    {
        await using var site = await PortalSite.StartAsync(bench, cancellationToken);
        var owner = await site.SignInAsync(cancellationToken);
        var weight = await PageWeight.MeasureAsync(bench.Chromium, site.TablePage, owner.Cookies, PortalSite.Recipient(1));
        bench.Raw.Add("table, bytes and requests of a first view", [weight.Bytes, weight.Requests.Count]);
        return weight.Bytes;
    }

    /// <summary>A client of 230 ad accounts, signed in at the stand-in of Facebook, looks at what to share in several tabs.</summary>
    private async Task<double> MeasureWizardHeapAsync(CancellationToken cancellationToken)
    {
        await using var site = await PortalSite.StartRehearsalAsync(bench, cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = bench.Chromium });
        var context = await browser.NewContextAsync(new() { Locale = "en-US" });
        var wizard = await new ClientAtFacebook(await context.NewPageAsync()).GoToAssetsAsync(site.Link);
        var heap = await TabHeap.MeasureAsync(site.Server, context, wizard, ClientAtFacebook.AdAccounts, cancellationToken);
        bench.Raw.Add("wizard with 230 ad accounts, live heap of a tab in bytes", [heap]);
        return heap;
    }

    private static double? Known(double figure) => double.IsNaN(figure) ? null : figure;

    private static Task<Circuit> OpenTableAsync(PortalSite site, Visitor owner, CancellationToken cancellationToken) =>
        Circuit.OpenAsync(owner, site.TablePage, batch => ShowsAll(batch), cancellationToken);

    private static bool ShowsAll(RenderBatch batch)
    {
        var texts = string.Concat(batch.Texts);
        return Enumerable.Range(2, PortalSite.Lines - 1)
            .All(number => texts.Contains(PortalSite.Recipient(number), StringComparison.Ordinal));
    }
}
