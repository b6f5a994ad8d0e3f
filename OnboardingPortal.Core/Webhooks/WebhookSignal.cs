using System.Threading.Channels;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Wakes the delivery of events when one was committed, so that it does not wait for its next round.</summary>
public sealed class WebhookSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to deliver. Returns at once; several calls count as one.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Waits until <see cref="Wake"/> was called since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _wakes.Reader.ReadAsync(cancellationToken);
}
