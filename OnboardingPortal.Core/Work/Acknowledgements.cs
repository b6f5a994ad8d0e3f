using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Work;

/// <summary>
/// Writes down what came of claimed work, however often it takes, since what is not written down is done again when the lease has run out.
/// </summary>
/// <param name="write">Writes outcomes down and gives those that could not be written, each with its failure.</param>
/// <param name="giveUp">Ends an outcome that still cannot be written after many tries, although the database works.</param>
/// <param name="clock">Measures the pauses.</param>
/// <param name="logger">Hears of each try that failed, unless the database is away, which is logged elsewhere.</param>
internal sealed partial class Acknowledgements<TOutcome>(
    Func<IReadOnlyList<TOutcome>, Task<IReadOnlyList<Unwritten<TOutcome>>>> write, Func<Unwritten<TOutcome>, Task> giveUp,
    TimeProvider clock, ILogger logger)
{
    private const int MaxWaits = 8; // about two minutes: then the claims are over
    private static readonly Pauses Waits = Pauses.Doubling(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    private int _behind;

    /// <summary>Whether something cannot be written down at this moment: nothing more is to be begun meanwhile.</summary>
    public bool IsBehind => Volatile.Read(ref _behind) > 0;

    /// <summary>
    /// Does everything of a claimed batch, some at a time, and writes down in one go whatever has ended since the last writing. What was
    /// not begun when the node is told to stop is handed back.
    /// </summary>
    /// <param name="claimed">What was claimed.</param>
    /// <param name="atOnce">How many are done at a time, at least 1.</param>
    /// <param name="work">Does one; a failure of it alone is an outcome, an exception ends the batch.</param>
    /// <param name="handBack">The outcome of one that was not begun.</param>
    /// <param name="stopping">The node is told to stop.</param>
    /// <returns>All outcomes, written down.</returns>
    public async Task<IReadOnlyList<TOutcome>> DoAllAsync<TRow>(
        IReadOnlyList<TRow> claimed, int atOnce, Func<TRow, CancellationToken, Task<TOutcome>> work, Func<TRow, TOutcome> handBack,
        CancellationToken stopping)
    {
        var ended = Channel.CreateUnbounded<TOutcome>(new UnboundedChannelOptions { SingleReader = true });
        var writing = WriteAllAsync(ended.Reader, stopping);
        var begun = new bool[claimed.Count];
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, claimed.Count), new ParallelOptions
            {
                MaxDegreeOfParallelism = atOnce,
                CancellationToken = stopping
            }, async (i, token) =>
            {
                begun[i] = true;
                ended.Writer.TryWrite(await work(claimed[i], token));
            });
        }
        finally
        {
            for (var i = 0; i < begun.Length; i++)
            {
                if (!begun[i]) ended.Writer.TryWrite(handBack(claimed[i]));
            }

            ended.Writer.Complete();
            await writing; // also when the node is stopping: what was done must not be done again
        }

        return await writing;
    }

    /// <summary>Writes outcomes down, however often it takes. A node that is told to stop tries once more.</summary>
    /// <exception cref="IOException">The node was told to stop, and the last try failed, too.</exception>
    public async Task WriteAsync(IReadOnlyList<TOutcome> outcomes, CancellationToken stopping)
    {
        var left = await write(outcomes);
        if (left.Count == 0) return;
        Interlocked.Increment(ref _behind);
        try
        {
            for (var waits = 0; left.Count > 0; waits++)
            {
                var failure = left[0].Failure;
                if (!DatabaseTrouble.IsLogged(failure)) LogNotWritten(failure, left.Count);
                if (stopping.IsCancellationRequested && waits > 0)
                    throw new IOException("What came of work could not be written down before the portal stopped.", failure);
                if (waits >= MaxWaits && !DatabaseTrouble.Is(failure)) // no outage, and nothing else shall wait for it
                {
                    foreach (var unwritten in left) await giveUp(unwritten);
                    return;
                }

                Task pause = Task.Delay(waits == 0 ? TimeSpan.Zero : Waits.After(waits), clock, stopping);
                await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // told to stop: at once
                left = await write([.. left.Select(l => l.Outcome)]);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _behind);
        }
    }

    private async Task<List<TOutcome>> WriteAllAsync(ChannelReader<TOutcome> ended, CancellationToken stopping)
    {
        var written = new List<TOutcome>();
        while (await ended.WaitToReadAsync(CancellationToken.None))
        {
            var some = new List<TOutcome>();
            while (ended.TryRead(out var outcome)) some.Add(outcome);
            await WriteAsync(some, stopping);
            written.AddRange(some);
        }

        return written;
    }

    [LoggerMessage(EventId = 1204, Level = LogLevel.Error,
        Message = "What came of {Count} pieces of work could not be written down; it is tried again, and nothing more is begun meanwhile")]
    private partial void LogNotWritten(Exception exception, int count);
}

/// <summary>An outcome that could not be written down, and why.</summary>
internal readonly record struct Unwritten<TOutcome>(TOutcome Outcome, Exception Failure);
