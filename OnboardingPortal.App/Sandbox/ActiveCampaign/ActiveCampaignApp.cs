namespace OnboardingPortal.App.Sandbox.ActiveCampaign;

/// <inheritdoc cref="SandboxApp" />
public static class ActiveCampaignApp
{
    public const string Key = "activecampaign";
    public const string Section = "ActiveCampaign";

    /// <summary>Path of the stand-in; an account's name makes an API URL of it, and <c>api/3/…</c> follows.</summary>
    public const string Path = "/sandbox/activecampaign";
}
