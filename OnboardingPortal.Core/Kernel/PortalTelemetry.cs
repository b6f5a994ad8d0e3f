using System.Diagnostics;

namespace OnboardingPortal.Core.Kernel;

/// <summary>
/// The one name under which the portal measures and traces itself. Each feature has its instruments beside it; none carries an address, a
/// secret or an id, so that what is measured can be shown to whoever runs the portal.
/// </summary>
public static class PortalTelemetry
{
    /// <summary>The name of the portal's meter and of its source of traces.</summary>
    public const string Name = "OnboardingPortal";

    /// <summary>The tag that says what something failed of, as OpenTelemetry names it; missing where nothing failed.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Where the portal's own traces begin.</summary>
    internal static ActivitySource Traces { get; } = new(Name);
}
