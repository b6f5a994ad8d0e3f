namespace OnboardingPortal.App.Features.Branding;

/// <summary>
/// On a request that came to an agency's own host: which agency's, and the host in lower case. Set by <see cref="HostGate"/>.
/// </summary>
internal sealed record AgencyHost(AgencyId Agency, string Host)
{
    /// <summary>Whether what belongs to an agency may be shown here: on an agency's own host only its own things are.</summary>
    public static bool Allows(HttpContext context, AgencyId agency) =>
        context.Features.Get<AgencyHost>() is not { } host || host.Agency == agency;
}
