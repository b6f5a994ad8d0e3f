namespace OnboardingPortal.Core.Outbox;

/// <summary>The section <c>Email:SendGrid</c>.</summary>
public sealed class SendGridOptions
{
    /// <summary>The API key with the permission <i>Mail Send</i>; never shown.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Where the API is; <c>https://api.eu.sendgrid.com</c> for subusers in the EU.</summary>
    public Uri BaseUrl { get; set; } = SendGridDefaults.Address;

    /// <summary>Whether SendGrid only checks mails and sends none.</summary>
    public bool SandboxMode { get; set; }

    /// <summary>The verification key of the signed Event Webhook as SendGrid shows it, in base64; empty = no events are taken.</summary>
    public string WebhookPublicKey { get; set; } = "";

    /// <summary>What is wrong with the section, in sentences that name no secret.</summary>
    /// <param name="options">The section.</param>
    /// <param name="isInUse">Whether mails leave this way.</param>
    internal static IEnumerable<string> ProblemsOf(SendGridOptions options, bool isInUse)
    {
        if (options.WebhookPublicKey.Length > 0 && !SendGridSignature.IsKey(options.WebhookPublicKey))
        {
            yield return "Email:SendGrid:WebhookPublicKey must be the verification key that SendGrid shows at the signed Event "
                + "Webhook, in one line of base64.";
        }

        if (!isInUse) yield break;
        if (options.ApiKey.Length == 0) yield return "Email:SendGrid:ApiKey is missing.";
        if (options.ApiKey.Any(c => c is <= ' ' or > '~'))
            yield return "Email:SendGrid:ApiKey has characters that no key has, perhaps a space or a line end at its ends.";
        if (!options.BaseUrl.IsAbsoluteUri || options.BaseUrl.PathAndQuery != "/" || options.BaseUrl.UserInfo.Length > 0
            || !(options.BaseUrl.Scheme == Uri.UriSchemeHttps
                || (options.BaseUrl.Scheme == Uri.UriSchemeHttp && options.BaseUrl.IsLoopback)))
        {
            yield return "Email:SendGrid:BaseUrl must be an https address without a path, such as https://api.eu.sendgrid.com.";
        }
    }
}
