using Microsoft.Extensions.Logging;

namespace OnboardingPortal.Core.Data;

/// <summary>
/// Whether this node can use its database, as far as its last tries told. The log gets one line when an outage begins and one when it is
/// over; whoever meets it meanwhile (<see cref="DatabaseTrouble.IsLogged"/>) logs nothing of their own.
/// </summary>
public sealed partial class DatabaseState(TimeProvider clock, ILogger<DatabaseState> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(1); // within it a command comes back that a stopping server let end
    private readonly Lock _lock = new();
    private volatile bool _isAway;
    private DateTimeOffset _since;
    private DateTimeOffset _nextTry;
    private TimeSpan _pause;

    /// <summary>Whether the last try failed, and none has succeeded since.</summary>
    internal bool IsAway => _isAway;

    /// <summary>
    /// Whether a job may do its round. While the database is away one of them tries now and then, ever more rarely, down to every 30
    /// seconds.
    /// </summary>
    internal bool MayTry()
    {
        if (!_isAway) return true;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_isAway && now < _nextTry) return false;
            _pause = TimeSpan.FromTicks(Math.Min(2 * _pause.Ticks, LongestPause.Ticks));
            _nextTry = now + _pause;
            return true;
        }
    }

    /// <summary>A try failed.</summary>
    internal void Lost(Exception exception)
    {
        lock (_lock)
        {
            if (_isAway) return;
            _since = clock.GetUtcNow();
            _pause = FirstPause;
            _nextTry = _since + _pause;
            _isAway = true;
        }

        LogLost(exception.GetBaseException().Message);
    }

    /// <summary>A try succeeded.</summary>
    internal void Back()
    {
        if (!_isAway) return;
        TimeSpan lasted;
        lock (_lock)
        {
            lasted = clock.GetUtcNow() - _since;
            if (!_isAway || lasted < UnderWay) return;
            _isAway = false;
        }

        LogBack((int)lasted.TotalSeconds);
    }

    /// <summary>More write to SQLite than it takes.</summary>
    internal void Crowded() => LogCrowded();

    [LoggerMessage(EventId = 1311, Level = LogLevel.Error, Message = "The database cannot be used ({Reason}): jobs rest, and pages "
        + "ask to come again, until it can")]
    private partial void LogLost(string reason);

    [LoggerMessage(EventId = 1312, Level = LogLevel.Information, Message = "The database can be used again, after {Seconds} s")]
    private partial void LogBack(int seconds);

    [LoggerMessage(EventId = 1313, Level = LogLevel.Warning, Message = "More writes wait for SQLite than it takes in time: whoever "
        + "wants to write is asked to come again")]
    private partial void LogCrowded();
}
