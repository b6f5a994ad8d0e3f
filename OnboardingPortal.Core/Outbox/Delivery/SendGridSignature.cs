using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using global::SendGrid.Helpers.EventWebhook;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// Whether events come from SendGrid, by the signature of its Event Webhook: ECDSA over P-256 and SHA-256 of the time and the body as it
/// came.
/// </summary>
/// <seealso href="https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features">The
/// signature.</seealso>
public sealed class SendGridSignature(IOptions<EmailOptions> options, TimeProvider clock)
{
    /// <summary>The header with the signature in base64.</summary>
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";

    /// <summary>The header with the time in seconds since 1970.</summary>
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>The oldest time that is taken: SendGrid repeats what was not taken for a day.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(25);

    /// <summary>How far another clock may be ahead.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private const int CurveBits = 256;
    private const int LongestSignature = 200;

    /// <summary>Whether a key is configured; without one no events are taken.</summary>
    public bool IsConfigured => options.Value.SendGrid.WebhookPublicKey.Length > 0;

    /// <summary>Whether the body was signed by SendGrid, at a time that counts.</summary>
    /// <param name="timestamp">The header, as it came.</param>
    /// <param name="signature">The header, as it came.</param>
    /// <param name="body">Every byte of the body.</param>
    public bool IsGenuine(string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (!IsConfigured || signature is not { Length: > 0 and <= LongestSignature }) return false;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return false;
        var age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (age > Oldest || age < -Ahead) return false;
        try
        {
            var validator = new RequestValidator();
            return validator.VerifySignature(
                validator.ConvertPublicKeyToECDSA(options.Value.SendGrid.WebhookPublicKey), Encoding.UTF8.GetString(body), signature,
                timestamp);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IndexOutOfRangeException
            or OverflowException)
        {
            return false; // not a signature at all: the validator expects one
        }
    }

    /// <summary>Whether the text is a key of the right kind.</summary>
    internal static bool IsKey(string text)
    {
        try
        {
            using var key = Import(text);
            return key.KeySize == CurveBits;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static ECDsa Import(string text)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
