using System.Diagnostics.Metrics;

namespace OnboardingPortal.App.Security;

/// <summary>Counts the connections of live pages: those that are open, and those that were refused and why.</summary>
internal sealed class CircuitMetrics
{
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _refused;

    public CircuitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PortalTelemetry.Name);
        _open = meter.CreateUpDownCounter<long>(
            "portal.circuits.open", "{connection}", "Connections of live pages on this node, of users and of clients.");
        _refused = meter.CreateCounter<long>(
            "portal.circuits.refused", "{connection}", "Connections of live pages that were refused, by why.");
    }

    /// <summary>Counts a connection until disposed.</summary>
    public IDisposable Open(CircuitHolder holder) => new Connection(_open, holder.IsClient ? "client" : "user");

    public void NoteRefused(CircuitRefusal why) => _refused.Add(1, new KeyValuePair<string, object?>("portal.refusal", why switch
    {
        CircuitRefusal.Stranger => "stranger",
        CircuitRefusal.Handshakes => "handshakes",
        _ => "room",
    }));

    private sealed class Connection : IDisposable
    {
        private readonly UpDownCounter<long> _open;
        private readonly KeyValuePair<string, object?> _kind;

        public Connection(UpDownCounter<long> open, string kind)
        {
            _open = open;
            _kind = new KeyValuePair<string, object?>("portal.visitor", kind);
            _open.Add(1, _kind);
        }

        public void Dispose() => _open.Add(-1, _kind);
    }
}

/// <summary>Why a live page is refused its connection.</summary>
internal enum CircuitRefusal
{
    /// <summary>From another site, or by nobody whom the portal knows.</summary>
    Stranger,

    /// <summary>Too many were begun in a minute.</summary>
    Handshakes,

    /// <summary>Too many are open, see <see cref="CircuitLimits"/>.</summary>
    Room,
}
