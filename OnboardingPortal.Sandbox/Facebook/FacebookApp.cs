using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.Sandbox.Facebook;

/// <inheritdoc cref="SandboxApp" />
public static class FacebookApp
{
    public const string Key = "facebook";
    public const string Section = "Facebook";

    public const string Id = "138483919580948";
    public const string Secret = "sandbox-facebook-app-secret";

    /// <summary>Path under which the browser reaches the stand-in; the version and <c>dialog/oauth</c> follow.</summary>
    public const string Path = "/sandbox/facebook";

    /// <summary>Path under which the server reaches the Graph stand-in; the version follows.</summary>
    public const string GraphPath = "/sandbox/facebook/graph";

    internal static void Configure(FacebookOptions options)
    {
        options.AppId = Id;
        options.AppSecret = Secret;
        options.ClientConfigurationId = null;
        options.AgencyConfigurationId = null;
        options.LoginAddress = SandboxAddresses.Within(Path);
        options.GraphAddress = SandboxAddresses.Within(GraphPath);
        options.BusinessSettingsAddress = new Uri(FacebookBusinessSettingsEndpoints.Path, UriKind.Relative);
    }
}
