using System.Globalization;
using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>The errors of Google's APIs, with those of Google Ads within them, and the pauses they ask for.</summary>
/// <param name="platform">Which of Google's platforms.</param>
/// <seealso href="https://developers.google.com/google-ads/api/docs/get-started/handle-errors" />
internal sealed class GoogleDialect(PlatformKey platform) : PlatformDialect(platform)
{
    public override PlatformFailure? FailureOf(PlatformResponse response)
    {
        if ((int)response.Status < 400) return null;
        if (ErrorOf(response.Body) is not { } error) return null;
        var kind = Codes(error).Select(KindOf).FirstOrDefault(k => k is not null) ?? PlatformTransport.KindOf(response.Status);
        return Failure(kind, traceId: error.Details?.Select(d => d.RequestId).FirstOrDefault(i => i is not null));
    }

    public override TimeSpan? PauseAfter(PlatformResponse response, DateTimeOffset now)
    {
        if (base.PauseAfter(response, now) is { } asked) return asked;
        if (FailureOf(response) is not { Kind: PlatformFailureKind.RateLimited }) return null;
        var details = ErrorOf(response.Body)?.Details ?? [];
        var delays = details.Select(d => d.RetryDelay)
            .Concat(details.SelectMany(d => d.Errors ?? []).Select(e => e.Details?.QuotaErrorDetails?.RetryDelay));
        return delays.Select(Seconds).FirstOrDefault(d => d is not null) ?? GoogleDefaults.QuotaPause;
    }

    /// <summary>What codes mean that say more than the status does.</summary>
    private static PlatformFailureKind? KindOf(string code) => code switch
    {
        "RESOURCE_EXHAUSTED" or "RESOURCE_TEMPORARILY_EXHAUSTED" => PlatformFailureKind.RateLimited,
        "NOT_ADS_USER" => PlatformFailureKind.NotFound,
        "OAUTH_TOKEN_EXPIRED" or "OAUTH_TOKEN_REVOKED" or "OAUTH_TOKEN_INVALID" or "GOOGLE_ACCOUNT_COOKIE_INVALID" =>
            PlatformFailureKind.AuthExpired,
        "DEVELOPER_TOKEN_INVALID" or "SERVICE_DISABLED" => PlatformFailureKind.Misconfigured,
        "DEVELOPER_TOKEN_NOT_APPROVED" or "CUSTOMER_NOT_ENABLED" or "ADMIN_POLICY_ENFORCED" => PlatformFailureKind.PolicyBlocked,
        "MISSING_TOS" or "INCOMPLETE_SIGNUP" => PlatformFailureKind.PolicyBlocked, // the person finishes this in Google Ads
        "TWO_STEP_VERIFICATION_NOT_ENROLLED" or "ADVANCED_PROTECTION_NOT_ENROLLED" => PlatformFailureKind.TwoFactorNeeded,
        "GOOGLE_ACCOUNT_DELETED" or "ACTION_NOT_PERMITTED_FOR_SUSPENDED_ACCOUNT" => PlatformFailureKind.AccountInactive,
        "USER_PERMISSION_DENIED" => PlatformFailureKind.PermissionDenied,
        _ => null,
    };

    /// <summary>The error's codes, those that say most first.</summary>
    private static IEnumerable<string> Codes(GoogleError error)
    {
        var details = error.Details ?? [];
        var ads = details.SelectMany(d => d.Errors ?? []).SelectMany(e => e.ErrorCode?.Values.AsEnumerable() ?? []);
        return ads.Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!)
            .Concat(details.Select(d => d.Reason).OfType<string>()).Append(error.Status ?? "");
    }

    /// <summary>A duration as Google writes it, e.g. <c>30s</c> or <c>0.5s</c>.</summary>
    private static TimeSpan? Seconds(string? text) =>
        text is [.. var number, 's'] && double.TryParse(number, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static GoogleError? ErrorOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, GoogleJson.Default.GoogleErrorBody)?.Error is { ValueKind: JsonValueKind.Object } error
                ? error.Deserialize(GoogleJson.Default.GoogleError)
                : null;
        }
        catch (JsonException)
        {
            return null; // no error body: the status decides
        }
    }
}
