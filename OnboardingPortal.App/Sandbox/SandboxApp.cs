namespace OnboardingPortal.App.Sandbox;

/// <summary>
/// What the stand-in platforms know this portal as. None of it is secret: it opens nothing but the sandbox, and stands in the
/// places where a real installation has the credentials that the platforms gave it.
/// </summary>
public static class SandboxApp
{
    /// <summary>The application's name on the consent pages.</summary>
    public const string Name = "OnboardingPortal";

    public const string FacebookAppId = "138483919580948";
    public const string FacebookAppSecret = "sandbox-facebook-app-secret";

    public const string MailchimpClientId = "629190485137";
    public const string MailchimpClientSecret = "sandbox-mailchimp-client-secret";

    /// <summary>Path under which the browser reaches the Facebook stand-in; the version and <c>dialog/oauth</c> follow.</summary>
    public const string FacebookPath = "/sandbox/facebook";

    /// <summary>Path under which the server reaches the Graph stand-in; the version follows.</summary>
    public const string FacebookGraphPath = "/sandbox/facebook/graph";

    /// <summary>Path of the Mailchimp stand-in; <c>oauth2/…</c> or a data centre and <c>3.0/…</c> follow.</summary>
    public const string MailchimpPath = "/sandbox/mailchimp";
}
