using System.Collections.Concurrent;
using OnboardingPortal.Bench.Circuits;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>What one more open session costs a server: its live heap with many of them, less that without, by their number.</summary>
internal static class SessionHeap
{
    private const int WarmUpSessions = 20;
    private const int OpenedAtOnce = 16;

    /// <param name="sessions">How many: below what the portal lets one address ask for in a minute.</param>
    /// <param name="open">Opens one session. Its circuit stays open until the heap is read; null when the session has none.</param>
    /// <returns>Bytes a session; near zero and perhaps below it when a session leaves nothing behind.</returns>
    public static async Task<double> MeasureAsync(
        ServerProcess server, int sessions, Func<CancellationToken, Task<Circuit?>> open, CancellationToken cancellationToken)
    {
        await CloseAsync(await OpenAsync(WarmUpSessions, open, cancellationToken));
        var before = await server.Heap.ReadSettledAsync(cancellationToken);
        var circuits = await OpenAsync(sessions, open, cancellationToken);
        var after = await server.Heap.ReadSettledAsync(cancellationToken);
        foreach (var circuit in circuits)
        {
            circuit.ThrowIfEnded();          // a figure for many circuits must have them all
        }

        await CloseAsync(circuits);
        return (after - before) / (double)sessions;
    }

    private static async Task<IReadOnlyCollection<Circuit>> OpenAsync(
        int count, Func<CancellationToken, Task<Circuit?>> open, CancellationToken cancellationToken)
    {
        var circuits = new ConcurrentBag<Circuit>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (_, cancellation) =>
        {
            if (await open(cancellation) is { } circuit)
            {
                circuits.Add(circuit);
            }
        });
        return circuits;
    }

    private static async Task CloseAsync(IEnumerable<Circuit> circuits)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce };
        await Parallel.ForEachAsync(circuits, options, async (circuit, _) => await circuit.DisposeAsync());
    }
}
