using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Data;

/// <summary>An outage of the database is told once, and jobs rest meanwhile.</summary>
public sealed class DatabaseStateTests : IDisposable
{
    private readonly FakeTime _clock = new();
    private readonly RecordingLogs _logs = new();
    private readonly LoggerFactory _loggers;
    private readonly DatabaseState _state;

    public DatabaseStateTests()
    {
        _loggers = new LoggerFactory([_logs]);
        _state = new DatabaseState(_clock, _loggers.CreateLogger<DatabaseState>());
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public void While_the_database_is_away_jobs_try_ever_more_rarely_and_the_log_has_one_line()
    {
        Assert.True(_state.MayTry());
        for (var failed = 0; failed < 100; failed++) _state.Lost(new TimeoutException("no answer"));

        var tries = 0;
        for (var second = 0; second < 600; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (_state.MayTry()) tries++;
        }

        Assert.InRange(tries, 20, 25); // every 30 seconds once it has lasted
        Assert.Contains("no answer", Assert.Single(_logs.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_was_under_way_when_the_server_stopped_does_not_end_the_outage()
    {
        _state.Lost(new TimeoutException());
        _state.Back();
        Assert.True(_state.IsAway);

        _clock.Advance(TimeSpan.FromSeconds(2));
        _state.Back();
        _state.Back();

        Assert.False(_state.IsAway);
        Assert.True(_state.MayTry());
        Assert.Equal(2, _logs.Lines.Count);
    }
}
