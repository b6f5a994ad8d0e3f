using OnboardingPortal.Bench.Circuits;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>Bytes that reach open pages because of one change.</summary>
/// <param name="Batches">Of the render batches alone.</param>
/// <param name="Messages">Of all messages, those around the batches included.</param>
internal sealed record RenderTraffic(long Batches, long Messages)
{
    private static readonly TimeSpan _aftermath = TimeSpan.FromSeconds(1);

    /// <param name="watchers">Idle before: whatever comes in counts.</param>
    /// <param name="change">What they are to show.</param>
    /// <param name="shown">Tells the batch that shows it. A second later, so that stragglers count too, the bytes are summed.</param>
    /// <returns>What each watcher got.</returns>
    public static async Task<IReadOnlyList<RenderTraffic>> MeasureAsync(
        IReadOnlyList<Circuit> watchers, Func<Task> change, Func<RenderBatch, bool> shown, CancellationToken cancellationToken)
    {
        var before = watchers.Select(Read).ToList();
        var renders = watchers.Select(watcher => watcher.NextRenderAsync(shown, cancellationToken)).ToList();
        await change();
        await Task.WhenAll(renders);
        await Task.Delay(_aftermath, cancellationToken);
        return [.. watchers.Zip(before, (watcher, start) => Read(watcher).Since(start))];
    }

    private static RenderTraffic Read(Circuit watcher) => new(watcher.ReceivedBatchBytes, watcher.ReceivedBytes);

    private RenderTraffic Since(RenderTraffic start) => new(Batches - start.Batches, Messages - start.Messages);
}
