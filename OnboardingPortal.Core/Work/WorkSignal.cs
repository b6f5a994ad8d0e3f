using System.Threading.Channels;

namespace OnboardingPortal.Core.Work;

/// <summary>
/// Wakes background work when there is something for it to do, so that it does not wait for its next round: on this node, and on PostgreSQL
/// on every other node, too. It is a hint: whoever misses it finds the work in the next round.
/// </summary>
public abstract class WorkSignal
{
    private readonly Channel<bool> _wakes = AtMostOne();
    private readonly Channel<bool> _untold = AtMostOne();

    /// <summary>The same on every node.</summary>
    internal string Name => GetType().Name;

    /// <summary>There is something to do. Call it after the commit. Returns at once; several calls count as one.</summary>
    public void Wake()
    {
        WakeThisNode();
        _untold.Writer.TryWrite(true);
    }

    /// <summary>Waits until <see cref="Wake"/> was called, here or on another node, since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _wakes.Reader.ReadAsync(cancellationToken);

    /// <summary>Wakes without telling other nodes.</summary>
    internal void WakeThisNode() => _wakes.Writer.TryWrite(true);

    /// <summary>Waits until there is something that other nodes were not told of.</summary>
    internal async Task WaitToTellAsync(CancellationToken cancellationToken) => await _untold.Reader.ReadAsync(cancellationToken);

    private static Channel<bool> AtMostOne() => Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
