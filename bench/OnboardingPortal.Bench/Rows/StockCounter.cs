using OnboardingPortal.Bench.Circuits;
using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench.Rows;

/// <summary>The counter page of the template: what the portal's figures are held against.</summary>
internal sealed class StockCounter(BenchContext bench)
{
    private const int Rounds = 3;
    private const int Sessions = 500;
    private const string Page = "counter";

    /// <summary>What <see cref="MeasureAsync"/> found; NaN before.</summary>
    public double CircuitHeap { get; private set; } = double.NaN;

    public async Task<IReadOnlyList<ResultRow>> MeasureAsync(CancellationToken cancellationToken) =>
    [
        new("stock counter: live heap of an idle circuit", CircuitHeap = await MeasureCircuitHeapAsync(cancellationToken), null, Unit.Bytes,
            null),
        new("stock counter: render batch of one click", await MeasureClickAsync(cancellationToken), null, Unit.Bytes, null),
        new("stock counter: page on the wire, first visit", await MeasurePageWeightAsync(cancellationToken), null, Unit.Bytes, null),
    ];

    /// <summary>Live heap of an idle circuit in bytes: the median of three servers, each started afresh.</summary>
    private async Task<double> MeasureCircuitHeapAsync(CancellationToken cancellationToken)
    {
        var figures = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await bench.StartStockAsync(cancellationToken);
            figures[round] = await SessionHeap.MeasureAsync(
                server, Sessions, async cancellation => await OpenAsync(server, cancellation), cancellationToken);
        }

        bench.Raw.Add("stock counter circuit, live heap in bytes", figures);
        return figures.Median();
    }

    /// <summary>Bytes of the render batch that one click brings.</summary>
    private async Task<double> MeasureClickAsync(CancellationToken cancellationToken)
    {
        await using var server = await bench.StartStockAsync(cancellationToken);
        RenderBatch? first = null;
        await using var circuit = await Circuit.OpenAsync(
            new(bench.Http), new(server.Address, Page), batch => (first = batch) is not null, cancellationToken);
        var handler = first!.SingleHandler("onclick");
        var traffic = await RenderTraffic.MeasureAsync(
            [circuit], () => circuit.DispatchAsync(handler, "click", """{"type":"click","detail":1}"""),
            batch => batch.Texts.Contains("1"), cancellationToken);
        bench.Raw.Add("stock counter click, bytes of batch and of all messages", [traffic[0].Batches, traffic[0].Messages]);
        return traffic[0].Batches;
    }

    /// <summary>Bytes of a first visit.</summary>
    private async Task<double> MeasurePageWeightAsync(CancellationToken cancellationToken)
    {
        await using var server = await bench.StartStockAsync(cancellationToken);
        var weight = await PageWeight.MeasureAsync(bench.Chromium, new(server.Address, Page));
        bench.Raw.Add("stock counter page, bytes and requests of a first visit", [weight.Bytes, weight.Requests.Count]);
        return weight.Bytes;
    }

    private Task<Circuit> OpenAsync(ServerProcess server, CancellationToken cancellationToken) =>
        Circuit.OpenAsync(new(bench.Http), new(server.Address, Page), until: null, cancellationToken);
}
