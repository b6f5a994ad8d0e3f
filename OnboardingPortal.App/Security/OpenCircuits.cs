using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Events;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Every connection that a browser holds to the hub on this node. When a session ends, its connections end at once; and nobody holds so
/// many that others find no room.
/// </summary>
public sealed partial class OpenCircuits : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly HashSet<Connection> _open = [];
    private readonly UserSessions _sessions;
    private readonly CircuitLimits _limits;
    private readonly ILogger<OpenCircuits> _logger;
    private readonly IDisposable _subscription;
    private readonly ITimer _sweep;

    public OpenCircuits(UserSessions sessions, SessionFeed feed, CircuitLimits limits, TimeProvider clock, ILogger<OpenCircuits> logger)
    {
        (_sessions, _limits, _logger) = (sessions, limits, logger);
        _subscription = feed.Subscribe(user => _ = Task.Run(() => EndAsync(user)));
        _sweep = clock.CreateTimer(_ => _ = Task.Run(SweepAsync), null, SweepEvery, SweepEvery);
    }

    /// <summary>Holds a place for a connection until disposed.</summary>
    /// <param name="user">Who is signed in; null for a client.</param>
    /// <param name="session">Their session; null for a client.</param>
    /// <param name="address">Where the browser is; null when unknown.</param>
    /// <param name="abort">Ends the connection. Called at most once, never after the place was given back; must return quickly.</param>
    /// <returns>Null when there is no room: see <see cref="CircuitLimits"/>.</returns>
    public IDisposable? TryHold(AgencyUserId? user, UserSessionId? session, string? address, Action abort)
    {
        var connection = new Connection(this, user, session, address, abort);
        lock (_lock)
        {
            if (_open.Count >= _limits.Most
                || (session is not null && _open.Count(c => c.Session == session) >= _limits.MostPerSession)
                || (address is not null && _open.Count(c => c.Address == address) >= _limits.MostPerAddress))
            {
                return null;
            }

            _open.Add(connection);
        }

        return connection;
    }

    /// <summary>Ends what an announcement should have ended that was lost, as while the connection to the database was.</summary>
    public async Task SweepAsync()
    {
        List<AgencyUserId> users;
        lock (_lock) users = [.. _open.Where(c => c.User is not null).Select(c => c.User!.Value).Distinct()];
        foreach (var user in users) await EndAsync(user);
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _sweep.Dispose();
    }

    private async Task EndAsync(AgencyUserId user)
    {
        lock (_lock)
        {
            if (!_open.Any(c => c.User == user)) return;
        }

        IReadOnlyCollection<UserSessionId> alive = [];
        try
        {
            alive = await _sessions.ListAliveAsync(user, CancellationToken.None);
        }
        catch (Exception exception)
        {
            if (!DatabaseTrouble.IsLogged(exception)) LogUnknown(exception, user); // better one page too many that opens again by itself than one too few that ends
        }

        lock (_lock)
        {
            foreach (var connection in _open.Where(c => c.User == user && !(c.Session is { } session && alive.Contains(session))).ToList())
            {
                _open.Remove(connection);
                connection.Abort();
            }
        }
    }

    [LoggerMessage(EventId = 5901, Level = LogLevel.Error, Message = "Which sessions of user {User} are alive could not be read; all their pages are ended")]
    private partial void LogUnknown(Exception exception, AgencyUserId user);

    private sealed class Connection(OpenCircuits circuits, AgencyUserId? user, UserSessionId? session, string? address, Action abort) : IDisposable
    {
        public AgencyUserId? User => user;

        public UserSessionId? Session => session;

        public string? Address => address;

        public void Abort() => abort();

        public void Dispose()
        {
            lock (circuits._lock) circuits._open.Remove(this);
        }
    }
}

/// <summary>The section <c>Circuits</c>: how many live pages are open at once on one node.</summary>
public sealed class CircuitLimits
{
    public const string Section = "Circuits";

    /// <summary>In one browser that an agency user signed in with.</summary>
    public int MostPerSession { get; set; } = 20;

    /// <summary>From one network address, behind which a whole office may sit.</summary>
    public int MostPerAddress { get; set; } = 200;

    /// <summary>In all.</summary>
    public int Most { get; set; } = 5000;
}
