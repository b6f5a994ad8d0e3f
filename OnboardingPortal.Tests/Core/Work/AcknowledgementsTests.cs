using Npgsql;
using OnboardingPortal.Core.Work;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Work;

/// <summary>What came of work is written down, whatever the database does meanwhile.</summary>
public sealed class AcknowledgementsTests : IDisposable
{
    private readonly FakeTime _clock = new();
    private readonly RecordingLogs _logs = new();
    private readonly List<int[]> _written = [];
    private readonly List<int> _givenUp = [];
    private readonly Acknowledgements<int> _acknowledgements;
    private Func<int, Exception?> _failure = _ => null;

    public AcknowledgementsTests() => _acknowledgements = new(
        outcomes =>
        {
            var left = outcomes.Select(o => (Outcome: o, Failure: _failure(o))).Where(o => o.Failure is not null).ToList();
            _written.Add([.. outcomes.Except(left.Select(l => l.Outcome))]);
            return Task.FromResult<IReadOnlyList<Unwritten<int>>>([.. left.Select(l => new Unwritten<int>(l.Outcome, l.Failure!))]);
        },
        unwritten =>
        {
            _givenUp.Add(unwritten.Outcome);
            return Task.CompletedTask;
        },
        _clock, _logs.CreateLogger("work"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Only_what_could_not_be_written_is_tried_again_with_growing_pauses_and_meanwhile_nothing_more_may_begin()
    {
        var (failures, behind) = (0, new List<bool>());
        _clock.SkipWaits = true;
        _failure = outcome =>
        {
            behind.Add(_acknowledgements!.IsBehind);
            return outcome == 2 && failures++ < 5 ? new NpgsqlException("The connection was lost.") : null;
        };

        await _acknowledgements.WriteAsync([1, 2, 3], Cancel);

        Assert.Equal([1, 3], _written[0]);
        Assert.Equal([2], _written[^1]);
        Assert.Equal(3, _written.Sum(w => w.Length));
        Assert.Equal([1, 2, 4, 8], _clock.Waits.Select(w => w.TotalSeconds));
        Assert.Equal([false, false, false, true, true, true, true, true], behind);
        Assert.False(_acknowledgements.IsBehind);
        Assert.Empty(_givenUp);
    }

    [Fact]
    public async Task An_outage_is_waited_out_and_what_cannot_be_written_although_the_database_works_is_given_up()
    {
        _clock.SkipWaits = true;
        var failures = 0;
        _failure = _ => failures++ < 100 ? new NpgsqlException("The connection was lost.") : null;
        await _acknowledgements.WriteAsync([1], Cancel);
        Assert.Empty(_givenUp);

        _failure = outcome => outcome == 2 ? new InvalidOperationException("A bad row.") : null;
        await _acknowledgements.WriteAsync([1, 2], Cancel);

        Assert.Equal([2], _givenUp);
        Assert.InRange(_logs.Lines.Count(l => l.StartsWith("Error 1204", StringComparison.Ordinal)), 2, 20); // none of the outage's
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_tries_once_more()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        var tries = 0;
        _failure = _ => ++tries == 1 ? new NpgsqlException("The connection was lost.") : null;
        await _acknowledgements.WriteAsync([1], stopping.Token);
        Assert.Equal(2, tries);

        _failure = _ => ++tries > 0 ? new NpgsqlException("The connection was lost.") : null;
        await Assert.ThrowsAsync<IOException>(() => _acknowledgements.WriteAsync([1], stopping.Token));
        Assert.Equal(4, tries);
    }

    [Fact]
    public async Task What_a_node_had_not_begun_when_it_was_told_to_stop_is_handed_back_and_what_it_had_done_is_written_down()
    {
        using var stopping = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _acknowledgements.DoAllAsync(
            [1, 2, 3, 4, 5], 1, (item, _) =>
            {
                if (item == 2) stopping.Cancel();
                return Task.FromResult(item);
            }, item => -item, stopping.Token));

        Assert.Equal([-5, -4, -3, 1, 2], _written.SelectMany(w => w).Order());
    }

    [Fact]
    public async Task A_batch_is_done_some_at_a_time_and_gives_all_outcomes()
    {
        var (now, most) = (0, 0);

        var outcomes = await _acknowledgements.DoAllAsync([.. Enumerable.Range(0, 50)], 4, async (item, _) =>
        {
            lock (_written) most = Math.Max(most, ++now);
            await Task.Yield();
            lock (_written) now--;
            return item;
        }, _ => -1, Cancel);

        Assert.Equal(Enumerable.Range(0, 50), outcomes.Order());
        Assert.InRange(most, 1, 4);
    }
}
