using System.Threading.RateLimiting;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Every connection that a browser holds to the hub on this node. When a session ends, its connections end at once; and nobody holds so
/// many that others find no room: clients never take the room of users.
/// </summary>
public sealed partial class OpenCircuits : IDisposable
{
    private const int PartsOfAll = 10;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly HashSet<Connection> _open = [];
    private readonly Dictionary<AgencyUserId, int> _unknown = []; // how often in a row a user's sessions could not be read
    private readonly UserSessions _sessions;
    private readonly WizardService _wizard;
    private readonly PartitionedRateLimiter<string> _handshakes;
    private readonly CircuitLimits _limits;
    private readonly ILogger<OpenCircuits> _logger;
    private readonly IDisposable _subscription;
    private readonly ITimer _sweep;

    public OpenCircuits(
        UserSessions sessions, WizardService wizard, SessionFeed feed, CircuitLimits limits, TimeProvider clock,
        ILogger<OpenCircuits> logger)
    {
        _sessions = sessions;
        _wizard = wizard;
        _limits = limits;
        _logger = logger;
        _handshakes = PartitionedRateLimiter.Create<string, string>(
            who => RateLimitPartition.GetSlidingWindowLimiter(who, _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = limits.MostHandshakes,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
            }));
        _subscription = feed.Subscribe(user => _ = Task.Run(() => EndAsync(user)));
        _sweep = clock.CreateTimer(_ => _ = Task.Run(SweepAsync), null, SweepEvery, SweepEvery);
    }

    /// <summary>Whether they may begin another connection: each costs the server something before there is a page.</summary>
    public bool TryShakeHands(CircuitHolder holder) => holder.Session is { } session
        ? IsAllowed($"session {session}")
        : holder.Participants.Select(p => p.Request).Distinct().All(request => IsAllowed($"request {request}"));

    /// <summary>Holds a place for a connection until disposed.</summary>
    /// <param name="holder">Whose browser it is.</param>
    /// <param name="abort">Ends the connection. Called at most once, never after the place was given back; must return quickly.</param>
    /// <returns>Null when there is no room: see <see cref="CircuitLimits"/>.</returns>
    public IDisposable? TryHold(CircuitHolder holder, Action abort)
    {
        var connection = new Connection(this, holder, abort);
        lock (_lock)
        {
            if (!HasRoom(holder)) return null;
            _open.Add(connection);
        }

        return connection;
    }

    /// <summary>
    /// Ends what an announcement should have ended that was lost, as while the connection to the database was; and the connections of
    /// clients that take part in nothing any more.
    /// </summary>
    public async Task SweepAsync()
    {
        List<AgencyUserId> users;
        List<Connection> clients;
        lock (_lock)
        {
            users = [.. _open.Where(c => c.Holder.User is not null).Select(c => c.Holder.User!.Value).Distinct()];
            clients = [.. _open.Where(c => c.Holder.IsClient)];
        }

        foreach (var user in users) await EndAsync(user);
        EndUnknown(users);
        if (clients.Count > 0) await EndClientsAsync(clients);
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _sweep.Dispose();
        _handshakes.Dispose();
    }

    private bool IsAllowed(string who)
    {
        using var lease = _handshakes.AttemptAcquire(who);
        return lease.IsAcquired;
    }

    private bool HasRoom(CircuitHolder holder)
    {
        if (_open.Count >= _limits.Most) return false;
        var alike = _open.Where(c => c.Holder.IsClient == holder.IsClient).ToList();
        if (holder.Address is not null && alike.Count(c => c.Holder.Address == holder.Address) >= _limits.MostPerAddress) return false;
        if (!holder.IsClient) return alike.Count(c => c.Holder.Session == holder.Session) < _limits.MostPerSession;
        return alike.Count < _limits.MostOfClients && holder.Participants.All(mine =>
            alike.Count(c => c.Holder.Participants.Any(p => p.Participant == mine.Participant)) < _limits.MostPerParticipant
            && alike.Count(c => c.Holder.Participants.Any(p => p.Request == mine.Request)) < _limits.MostPerRequest);
    }

    private async Task EndClientsAsync(List<Connection> clients)
    {
        HashSet<ParticipantId> alive;
        try
        {
            alive = [
                .. (await _wizard.ListCallersAsync(
                    [.. clients.SelectMany(c => c.Holder.Participants).Select(p => p.Participant).Distinct()], null,
                    CancellationToken.None)).Select(c => c.Participant)];
        }
        catch (Exception exception)
        {
            LogUnknownClients(exception); // the next sweep asks again; what they read and do is judged anew each time
            return;
        }

        lock (_lock)
        {
            foreach (var connection in clients.Where(
                c => _open.Contains(c) && !c.Holder.Participants.Any(p => alive.Contains(p.Participant))))
            {
                _open.Remove(connection);
                connection.Abort();
            }
        }
    }

    private async Task EndAsync(AgencyUserId user)
    {
        lock (_lock)
        {
            if (!_open.Any(c => c.Holder.User == user)) return;
        }

        IReadOnlyCollection<UserSessionId> alive;
        try
        {
            alive = await _sessions.ListAliveAsync(user, CancellationToken.None);
        }
        catch (Exception exception)
        {
            if (!DatabaseTrouble.IsLogged(exception)) LogUnknown(exception, user);
            lock (_lock) _unknown[user] = _unknown.GetValueOrDefault(user) + 1;
            return; // the next sweep asks again; what the pages read and do is judged anew each time
        }

        lock (_lock)
        {
            _unknown.Remove(user);
            End(user, alive);
        }
    }

    /// <summary>
    /// Ends the pages of users whose sessions could not be read two times in a row: better a page too many that opens again by itself than
    /// one too few that ends. Only some of them at once, since all of them would come back at the same moment.
    /// </summary>
    private void EndUnknown(List<AgencyUserId> users)
    {
        lock (_lock)
        {
            foreach (var gone in _unknown.Keys.Except(users).ToList()) _unknown.Remove(gone);
            foreach (var user in _unknown.Where(u => u.Value > 1).OrderByDescending(u => u.Value).Select(u => u.Key)
                .Take(Math.Max(1, users.Count / PartsOfAll)).ToList())
            {
                _unknown.Remove(user);
                End(user, []);
            }
        }
    }

    private void End(AgencyUserId user, IReadOnlyCollection<UserSessionId> alive)
    {
        foreach (var connection in _open.Where(c => c.Holder.User == user && !(c.Holder.Session is { } session && alive.Contains(session)))
            .ToList())
        {
            _open.Remove(connection);
            connection.Abort();
        }
    }

    [LoggerMessage(EventId = 5901, Level = LogLevel.Error, Message = "Which sessions of user {User} are alive could not be read; when "
        + "that happens again their pages are ended")]
    private partial void LogUnknown(Exception exception, AgencyUserId user);

    [LoggerMessage(EventId = 5902, Level = LogLevel.Error, Message = "Which clients still take part in a request could not be read")]
    private partial void LogUnknownClients(Exception exception);

    private sealed class Connection(OpenCircuits circuits, CircuitHolder holder, Action abort) : IDisposable
    {
        public CircuitHolder Holder => holder;

        public void Abort() => abort();

        public void Dispose()
        {
            lock (circuits._lock) circuits._open.Remove(this);
        }
    }
}

/// <summary>Whose browser opens a connection.</summary>
/// <param name="User">Who is signed in; null for a client.</param>
/// <param name="Session">Their session; null for a client.</param>
/// <param name="Participants">Of which requests the browser takes part in, as whom.</param>
/// <param name="Address">Where the browser is; null when unknown.</param>
public sealed record CircuitHolder(AgencyUserId? User, UserSessionId? Session, IReadOnlyList<ClientCaller> Participants, string? Address)
{
    /// <summary>Whether nobody is signed in there.</summary>
    public bool IsClient => Session is null;
}

/// <summary>The section <c>Circuits</c>: how many live pages are open at once on one node.</summary>
public sealed class CircuitLimits
{
    public const string Section = "Circuits";

    /// <summary>In one browser that an agency user signed in with.</summary>
    public int MostPerSession { get; set; } = 20;

    /// <summary>Of one participant of a request.</summary>
    public int MostPerParticipant { get; set; } = 20;

    /// <summary>Of all participants of one request together: anybody who holds its link can pretend to be many.</summary>
    public int MostPerRequest { get; set; } = 50;

    /// <summary>From one network address, behind which a whole office may sit. Users count apart from clients.</summary>
    public int MostPerAddress { get; set; } = 200;

    /// <summary>Of clients in all; the rest is left to users.</summary>
    public int MostOfClients { get; set; } = 4000;

    /// <summary>How many connections a minute one sign-in begins, or all participants of one request together.</summary>
    public int MostHandshakes { get; set; } = 240;

    /// <summary>In all.</summary>
    public int Most { get; set; } = 5000;
}
