namespace OnboardingPortal.Core.Agencies;

/// <summary>The section <c>OwnHosts</c>.</summary>
public sealed class OwnHostOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "OwnHosts";

    /// <summary>
    /// Whether a host that leads to this portal counts as that of the first agency that claims it, and a name that always means this
    /// machine may be asked. For rehearsals, and for portals whose agencies trust each other; a portal of one agency takes it for true by
    /// itself.
    /// </summary>
    public bool PointingIsProof { get; set; }
}
