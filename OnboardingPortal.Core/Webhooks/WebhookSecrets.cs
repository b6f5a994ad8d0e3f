using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Makes the secrets of endpoints, keeps them protected, and signs with them.</summary>
/// <seealso href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md" />
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.WebhookSecret.v1");

    /// <summary>A new secret. Made before the transaction that saves it: a new protection key is saved on another connection.</summary>
    internal NewWebhookSecret Make()
    {
        var secret = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        return new NewWebhookSecret(secret, _protector.Protect(secret));
    }

    /// <summary>The header <c>webhook-signature</c>: one signature for each secret that signs now, the newest first.</summary>
    internal string SignaturesOf(WebhookEndpoint endpoint, string id, DateTimeOffset now, string body)
    {
        string?[] secrets = [endpoint.SecretProtected, endpoint.PreviousSecretUntil > now ? endpoint.PreviousSecretProtected : null];
        return string.Join(' ', secrets.OfType<string>().Select(secret => Sign(_protector.Unprotect(secret), id, now.ToUnixTimeSeconds(), body)));
    }

    /// <summary>Signs an attempt.</summary>
    /// <param name="secret"><c>whsec_</c> and base64.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: Unix seconds of the attempt.</param>
    /// <param name="body">The body as it is sent.</param>
    /// <returns><c>v1,</c> and the HMAC-SHA256 in base64.</returns>
    internal static string Sign(string secret, string id, long timestamp, string body)
    {
        var key = Convert.FromBase64String(secret[Prefix.Length..]);
        var content = string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(content)));
    }
}

/// <summary>A secret in the form that is shown once, and in the one that is kept.</summary>
internal sealed record NewWebhookSecret(string Secret, string Protected)
{
    public override string ToString() => "[secret]";
}
