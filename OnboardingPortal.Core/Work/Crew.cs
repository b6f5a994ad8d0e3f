namespace OnboardingPortal.Core.Work;

/// <summary>
/// Work that runs side by side, so that what is slow holds up nothing else: whoever looks for more to do waits until something has ended or
/// a second is over. Disposing waits until all has ended, however the round ends: nothing runs on when a node has stopped.
/// </summary>
internal sealed class Crew<T>(TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly PeriodicTimer _looks = new(LookEvery, clock);
    private readonly List<Task<T>> _running = [];
    private Task? _nextLook;

    /// <summary>How much runs.</summary>
    public int Count => _running.Count;

    /// <summary>Takes over what has begun.</summary>
    public void Add(Task<T> running) => _running.Add(running);

    /// <summary>Waits until something has ended, or until it is time to look for more.</summary>
    /// <returns>What has ended; empty when it is only time to look.</returns>
    public async Task<IReadOnlyList<Task<T>>> WaitAsync(CancellationToken cancellationToken)
    {
        _nextLook ??= _looks.WaitForNextTickAsync(CancellationToken.None).AsTask();
        await Task.WhenAny([.. _running, _nextLook]).WaitAsync(cancellationToken);
        if (_nextLook.IsCompleted) _nextLook = null;
        List<Task<T>> ended = [.. _running.Where(r => r.IsCompleted)];
        foreach (var task in ended) _running.Remove(task);
        return ended;
    }

    /// <summary>Waits for all that still runs; the first exception is on its way already.</summary>
    public async ValueTask DisposeAsync()
    {
        _looks.Dispose();
        Task rest = Task.WhenAll(_running);
        await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
