using OnboardingPortal.Core.Platforms.ActiveCampaign;

namespace OnboardingPortal.Sandbox.ActiveCampaign;

/// <inheritdoc cref="SandboxApp" />
public static class ActiveCampaignApp
{
    public const string Key = "activecampaign";
    public const string Section = "ActiveCampaign";

    /// <summary>Path of the stand-in; an account's name makes an API URL of it, and <c>api/3/…</c> follows.</summary>
    public const string Path = "/sandbox/activecampaign";

    /// <summary>Points the client at this stand-in.</summary>
    internal static void Configure(ActiveCampaignOptions options)
    {
        options.Enabled = true;
        options.SandboxAddress = SandboxAddresses.Within(Path);
    }
}
