namespace OnboardingPortal.Core.Platforms.ActiveCampaign;

/// <summary>The section <c>Platforms:ActiveCampaign</c>. The portal needs no registration there.</summary>
public sealed class ActiveCampaignOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Platforms:ActiveCampaign";

    /// <summary>
    /// What the host of a typed address must end with, each starting with a dot; empty = <see cref="ActiveCampaignDefaults.HostSuffixes"/>.
    /// </summary>
    public IReadOnlyList<string> HostSuffixes { get; set; } = [];

    /// <summary>Whether to offer the platform at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The time one call may take.</summary>
    public TimeSpan Timeout { get; set; } = ActiveCampaignDefaults.Timeout;

    /// <summary>Where the stand-in is, relative to the portal; then only its addresses are accepted. Null = the real ones are.</summary>
    public Uri? SandboxAddress { get; set; }
}
