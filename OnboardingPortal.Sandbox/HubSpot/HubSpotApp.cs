using OnboardingPortal.Core.Platforms.HubSpot;

namespace OnboardingPortal.Sandbox.HubSpot;

/// <inheritdoc cref="SandboxApp" />
public static class HubSpotApp
{
    public const string Key = "hubspot";
    public const string Section = "HubSpot";

    public const string ClientId = "5f1b0c7e-sandbox-4d7a-9c55-portal";
    public const string ClientSecret = "sandbox-hubspot-client-secret";

    /// <summary>What HubSpot calls the app by.</summary>
    public const int AppId = 456;

    /// <summary>Path of the stand-in, for the browser and the API alike; <c>oauth/…</c> or <c>crm/…</c> follows.</summary>
    public const string Path = "/sandbox/hubspot";

    internal static void Configure(HubSpotOptions options)
    {
        options.ClientId = ClientId;
        options.ClientSecret = ClientSecret;
        options.LoginAddress = options.ApiAddress = SandboxAddresses.Within(Path);
    }
}
