using System.Threading.Channels;

namespace OnboardingPortal.Core.Email;

/// <summary>Wakes the delivery of mails when one was queued, so that it does not wait for its next round.</summary>
public sealed class OutboxSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to send. Returns at once; several calls count as one.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Waits until <see cref="Wake"/> was called since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _wakes.Reader.ReadAsync(cancellationToken);
}
