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
    return await MeasureAsync(options, new(options, http, new(options.Results)), stopping.Token);
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

static async Task<int> MeasureAsync(BenchOptions options, BenchContext bench, CancellationToken cancellationToken)
{
    var started = TimeProvider.System.GetUtcNow();
    var stock = new StockCounter(bench);
    var reference = new ReferencePages(bench);
    var pages = new PortalPages(bench, stock, reference);
    (string Name, Func<CancellationToken, Task<IReadOnlyList<ResultRow>>> Measure)[] groups =
    [
        ("stock", stock.MeasureAsync),
        ("reference", reference.MeasureAsync),
        ("heap", pages.MeasureHeapAsync),
        ("wire", pages.MeasureWireAsync),
        ("table", new RequestTableReads(bench).MeasureAsync),
        ("outbox", new OutboxDelivery(bench).MeasureAsync),
        ("kills", new OutboxUnderKills(bench, options.Portal).MeasureAsync),
        ("matching", new PersonMatching(bench).MeasureAsync),
        ("sync", new ListToAudience(bench).MeasureAsync),
    ];

    var rows = new List<ResultRow>();
    foreach (var (name, measure) in groups.Where(group => bench.Only is null || bench.Only.Split(',').Contains(group.Name)))
    {
        rows.AddRange(await measure(cancellationToken));
        // what was measured is kept when a later row fails
        await bench.Raw.SaveAsync(ResultTable.Format(rows), started, cancellationToken);
    }

    var table = ResultTable.Format(rows);
    Console.Write(table);
    return rows.Exists(row => row.Met == false) ? 1 : 0;
}
