using System.Threading.Channels;

namespace OnboardingPortal.Core.Bulk;

/// <summary>Wakes the sending of imports when one was started, so that it does not wait for its next round.</summary>
public sealed class BulkSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to send. Returns at once; several calls count as one.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Waits until <see cref="Wake"/> was called since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _wakes.Reader.ReadAsync(cancellationToken);
}
