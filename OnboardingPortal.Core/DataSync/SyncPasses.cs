using System.Collections.Concurrent;

namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// What this node has read of lists whose runs rest between two turns. It is worth something only to the next turn of the same run; another
/// node, or this one after a restart, reads anew.
/// </summary>
internal sealed class SyncPasses(SyncLimits limits)
{
    private const long Large = 8 * 1024 * 1024; // some two hundred thousand people
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private readonly ConcurrentDictionary<AudienceSyncId, SyncPass> _passes = new();
    private bool _hasDropped; // a large one, whose memory was not let go yet

    /// <summary>This node, among all that share the database.</summary>
    public Guid Node { get; } = Guid.NewGuid();

    /// <summary>Whether what rests takes so much memory that no further list is begun: what rests goes on, and makes room.</summary>
    public bool AreFull => _passes.Values.Sum(pass => pass.Memory) >= limits.AtRest;

    /// <summary>What was left of a run's last turn; null when there is nothing of use.</summary>
    public SyncPass? Take(AudienceSyncId sync, SyncRunId run, int turn) =>
        _passes.TryRemove(sync, out var pass) && pass.Run == run && pass.Turn == turn ? pass : null;

    /// <summary>Keeps a pass until its run's next turn.</summary>
    public void Keep(AudienceSyncId sync, SyncPass pass) => _passes[sync] = pass;

    /// <summary>
    /// Lets go what a long list took and needs no more. It dies at once, and old: the collector would not look for it before it needs room,
    /// with what comes next beside it.
    /// </summary>
    public static void MakeRoom(SyncPass? pass)
    {
        if (pass is { Memory: > Large }) Collect();
    }

    /// <summary>A run has ended; what its list took is let go when the next round begins, and nothing holds it any more.</summary>
    public void Drop(SyncPass pass)
    {
        if (pass.Memory > Large) Volatile.Write(ref _hasDropped, true);
    }

    /// <summary>Forgets what nobody came back for: another node went on, or it was deleted.</summary>
    public void Forget(DateTimeOffset now)
    {
        if (Interlocked.Exchange(ref _hasDropped, false)) Collect();
        foreach (var (sync, pass) in _passes)
        {
            if (pass.RestsUntil + Longest < now) _passes.TryRemove(sync, out _);
        }
    }

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
}
