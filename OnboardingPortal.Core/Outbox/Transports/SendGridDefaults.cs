namespace OnboardingPortal.Core.Outbox;

/// <summary>Facts of SendGrid.</summary> <seealso href="https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send">Mail Send,
/// as the OpenAPI document of 2026-01-22 has it.</seealso>
public static class SendGridDefaults
{
    /// <summary>Where the portal takes SendGrid's events, without a slash before it.</summary>
    public const string WebhookPath = "webhooks/sendgrid";

    /// <summary>The argument that events bring back; SendGrid keeps arguments for long and in clear, so it is an opaque id.</summary>
    internal const string MailArgument = "portal_mail";

    /// <summary>Where SendGrid says its own id of a mail.</summary>
    internal const string MessageIdHeader = "X-Message-Id";

    /// <summary>When calls are counted anew, in seconds since 1970.</summary>
    internal const string ResetHeader = "X-RateLimit-Reset";

    /// <summary>How long one call may take; shorter than the outbox holds a mail.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes of an answer that are read: errors are short.</summary>
    internal const int LongestAnswer = 64 * 1024;

    internal static readonly Uri Address = new("https://api.sendgrid.com/");
}
