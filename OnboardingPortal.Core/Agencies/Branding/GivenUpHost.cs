namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// A host that an agency had shown to be its own and gave up: that it still leads to this portal says nothing of the next agency.
/// </summary>
public sealed class GivenUpHost : IAgencyOwned
{
    private GivenUpHost()
    {
    }

    internal GivenUpHost(AgencyId agency, string host)
    {
        AgencyId = agency;
        Host = host;
    }

    /// <summary>Who had it.</summary>
    public AgencyId AgencyId { get; private set; }

    /// <summary>As <see cref="Branding.PublicHost"/>.</summary>
    public string Host { get; private set; } = "";

    /// <summary>When it was last given up, UTC.</summary>
    public DateTimeOffset GivenUpAt { get; internal set; }
}
