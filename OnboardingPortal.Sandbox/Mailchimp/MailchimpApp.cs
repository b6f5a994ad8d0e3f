using OnboardingPortal.Core.Platforms.Mailchimp;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <inheritdoc cref="SandboxApp" />
public static class MailchimpApp
{
    public const string Key = "mailchimp";
    public const string Section = "Mailchimp";

    public const string ClientId = "629190485137";
    public const string ClientSecret = "sandbox-mailchimp-client-secret";

    /// <summary>Path of the stand-in; <c>oauth2/…</c> or a data centre and <c>3.0/…</c> follow.</summary>
    public const string Path = "/sandbox/mailchimp";

    internal static void Configure(MailchimpOptions options)
    {
        options.ClientId = ClientId;
        options.ClientSecret = ClientSecret;
        options.LoginAddress = SandboxAddresses.Within(Path);
    }
}
