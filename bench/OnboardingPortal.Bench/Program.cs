using System.Runtime.InteropServices;
using OnboardingPortal.Bench;
using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Rows;
using OnboardingPortal.Bench.Servers;

var options = BenchOptions.Parse(args);
using var stopping = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var http = Visitor.CreateClient();
try
{
    return await MeasureAsync(new(options, http, new(options.Results)), stopping.Token);
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;          // the process ends when the servers it started have ended
    stopping.Cancel();
}

static async Task<int> MeasureAsync(BenchContext bench, CancellationToken cancellationToken)
{
    var started = TimeProvider.System.GetUtcNow();
    var stock = new StockCounter(bench);
    List<ResultRow> rows =
    [
        new("stock counter: live heap of an idle circuit", await stock.MeasureCircuitHeapAsync(cancellationToken), null, Unit.Bytes, null),
        new("stock counter: render batch of one click", await stock.MeasureClickAsync(cancellationToken), null, Unit.Bytes, null),
        new("stock counter: page on the wire, first visit", await stock.MeasurePageWeightAsync(cancellationToken), null, Unit.Bytes, null),
    ];

    var table = ResultTable.Format(rows);
    await bench.Raw.SaveAsync(table, started, cancellationToken);
    Console.Write(table);
    return rows.Exists(row => row.Met == false) ? 1 : 0;
}
