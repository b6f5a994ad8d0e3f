using Microsoft.Playwright;
using OnboardingPortal.Bench.Circuits;
using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench.Rows;

/// <summary>
/// The table and the list of boxes as MudBlazor's documentation shows how to write them: what the portal's pages are held against.
/// </summary>
internal sealed class ReferencePages(BenchContext bench)
{
    private const int Rounds = 3;
    private const int Sessions = 100;
    private const int Watchers = 20;
    private const int Boxes = 230;
    private const string LastLine = "client01@bench.example";

    /// <summary>Live heap of an idle circuit of the table, in bytes; NaN before <see cref="MeasureAsync"/>.</summary>
    public double TableHeap { get; private set; } = double.NaN;

    /// <summary>Bytes of the render batches to each watcher of a changed status; NaN before.</summary>
    public double Change { get; private set; } = double.NaN;

    /// <summary>Bytes of a first visit of the table; NaN before.</summary>
    public double Weight { get; private set; } = double.NaN;

    /// <summary>Live heap of a tab with the boxes, in bytes; NaN before.</summary>
    public double BoxesHeap { get; private set; } = double.NaN;

    public async Task<IReadOnlyList<ResultRow>> MeasureAsync(CancellationToken cancellationToken) =>
    [
        new("reference table of 25: live heap of a circuit", TableHeap = await MeasureTableHeapAsync(cancellationToken), null, Unit.Bytes,
            null),
        new("reference table: render batches of a changed status", Change = await MeasureChangeAsync(cancellationToken), null, Unit.Bytes,
            null),
        new("reference table on the wire, first visit", Weight = await MeasureWeightAsync(cancellationToken), null, Unit.Bytes, null),
        new($"reference list of {Boxes} boxes: live heap of a tab", BoxesHeap = await MeasureBoxesHeapAsync(cancellationToken), null,
            Unit.Bytes, null),
    ];

    private async Task<double> MeasureTableHeapAsync(CancellationToken cancellationToken)
    {
        var figures = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await bench.StartReferenceAsync(cancellationToken);
            figures[round] = await SessionHeap.MeasureAsync(
                server, Sessions, async cancellation => await OpenAsync(server, cancellation), cancellationToken);
        }

        bench.Raw.Add("reference table circuit, live heap in bytes", figures);
        return figures.Median();
    }

    private async Task<double> MeasureChangeAsync(CancellationToken cancellationToken)
    {
        await using var server = await bench.StartReferenceAsync(cancellationToken);
        var watchers = new List<Circuit>();
        for (var number = 0; number < Watchers; number++) watchers.Add(await OpenAsync(server, cancellationToken));
        var traffic = await RenderTraffic.MeasureAsync(
            watchers, () => ChangeAsync(server, cancellationToken),
            batch => batch.Texts.Any(text => text.Contains("Expired", StringComparison.Ordinal)), cancellationToken);
        foreach (var watcher in watchers) await watcher.DisposeAsync();
        bench.Raw.Add(
            "reference table, one changed status, bytes of batches to each watcher", [.. traffic.Select(bytes => (double)bytes.Batches)]);
        return traffic.Max(bytes => bytes.Batches);
    }

    private async Task<double> MeasureWeightAsync(CancellationToken cancellationToken)
    {
        await using var server = await bench.StartReferenceAsync(cancellationToken);
        var weight = await PageWeight.MeasureAsync(bench.Chromium, server.Address, shown: LastLine);
        bench.Raw.Add("reference table, bytes and requests of a first visit", [weight.Bytes, weight.Requests.Count]);
        return weight.Bytes;
    }

    private async Task<double> MeasureBoxesHeapAsync(CancellationToken cancellationToken)
    {
        await using var server = await bench.StartReferenceAsync(cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = bench.Chromium });
        var heap = await TabHeap.MeasureAsync(
            server, await browser.NewContextAsync(), new(server.Address, "boxes"), tab => tab.GetByLabel($"Ad account {Boxes}"),
            cancellationToken);
        bench.Raw.Add("reference boxes, live heap of a tab in bytes", [heap]);
        return heap;
    }

    private async Task ChangeAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using var answer = await bench.Http.PostAsync(new Uri(server.Address, "change"), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private Task<Circuit> OpenAsync(ServerProcess server, CancellationToken cancellationToken) =>
        Circuit.OpenAsync(
            new(bench.Http), server.Address, batch => string.Concat(batch.Texts).Contains(LastLine, StringComparison.Ordinal),
            cancellationToken);
}
