using OnboardingPortal.Core.Platforms.Salesforce;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <inheritdoc cref="SandboxApp" />
public static class SalesforceApp
{
    public const string Key = "salesforce";
    public const string Section = "Salesforce";

    public const string ClientId = "3MVG9sandbox0portal0client0id";
    public const string ClientSecret = "sandbox-salesforce-client-secret";

    /// <summary>
    /// Path of the stand-in, for every login host that a client can choose; <c>services/oauth2/…</c> follows. An organisation's
    /// own address is the same path and its name.
    /// </summary>
    public const string Path = "/sandbox/salesforce";

    internal static void Configure(SalesforceOptions options)
    {
        options.ClientId = ClientId;
        options.ClientSecret = ClientSecret;
        options.LoginAddress = SandboxAddresses.Within(Path);
    }
}
