using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Makes the secrets of endpoints, keeps them protected, each for its own endpoint alone, and signs with them.</summary>
/// <seealso href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md" />
public sealed class WebhookSecrets(IDataProtectionProvider protection, PortalDbContextFactory contexts)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.WebhookSecret.v2");
    private readonly IDataProtector _unbound = protection.CreateProtector("OnboardingPortal.WebhookSecret.v1");

    /// <summary>
    /// Binds secrets that were kept before secrets were bound to their endpoints. Done at each start: after it, one that is not bound opens
    /// no more.
    /// </summary>
    /// <returns>How many endpoints were changed.</returns>
    public async Task<int> BindAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        foreach (var endpoint in await db.WebhookEndpoints.IgnoreQueryFilters().ToListAsync(cancellationToken))
        {
            endpoint.SecretProtected = Bound(endpoint, endpoint.SecretProtected);
            if (endpoint.PreviousSecretProtected is { } previous) endpoint.PreviousSecretProtected = Bound(endpoint, previous);
        }

        return await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// A new secret of an endpoint. Made before the transaction that saves it: a new protection key is saved on another connection.
    /// </summary>
    internal NewWebhookSecret Make(AgencyId agency, WebhookEndpointId endpoint)
    {
        var secret = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        return new NewWebhookSecret(secret, ProtectorOf(agency, endpoint).Protect(secret));
    }

    /// <summary>The header <c>webhook-signature</c>: one signature for each secret that signs now, the newest first.</summary>
    /// <exception cref="CryptographicException">A secret is not this endpoint's.</exception>
    internal string SignaturesOf(WebhookEndpoint endpoint, string id, DateTimeOffset now, string body)
    {
        string?[] secrets = [endpoint.SecretProtected, endpoint.PreviousSecretUntil > now ? endpoint.PreviousSecretProtected : null];
        var protector = ProtectorOf(endpoint.AgencyId, endpoint.Id);
        return string.Join(
            ' ', secrets.OfType<string>().Select(secret => Sign(protector.Unprotect(secret), id, now.ToUnixTimeSeconds(), body)));
    }

    private IDataProtector ProtectorOf(AgencyId agency, WebhookEndpointId endpoint) => _protector.CreateProtector($"{agency}/{endpoint}");

    private string Bound(WebhookEndpoint endpoint, string secret)
    {
        var protector = ProtectorOf(endpoint.AgencyId, endpoint.Id);
        return Opens(protector, secret) is null && Opens(_unbound, secret) is { } open ? protector.Protect(open) : secret;
    }

    private static string? Opens(IDataProtector protector, string secret)
    {
        try
        {
            return protector.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null; // of before, or of another endpoint, or forged: its deliveries say so
        }
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
