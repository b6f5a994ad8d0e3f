using System.Diagnostics;

namespace OnboardingPortal.App.Hosting.Telemetry;

/// <summary>
/// Traces begin and end in the portal. Who calls it may be anybody, and must not choose under which number their call is found nor write
/// into traces and logs; and no other site is told the number of what calls it.
/// </summary>
internal sealed class OwnTraces : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => [];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
    }

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        traceId = null;
        traceState = null;
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
