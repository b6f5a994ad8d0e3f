using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Salesforce's errors, a JSON array of codes, and its header about usage.</summary>
/// <seealso href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm" />
internal sealed class SalesforceDialect() : PlatformDialect(SalesforceDefaults.Key)
{
    public static readonly SalesforceDialect Instance = new();

    // Since September 2025 only an administrator may let an app in that the organisation has not installed.
    private static readonly string[] BlockedCodes =
        ["BLOCKED", "APP_ACCESS", "APPROVAL", "APP_NOT_FOUND", "NOT_INSTALLED", "NOT_APPROVED", "CROSS_ORG"];

    private static readonly string[] BlockedWords =
    [
        "app must be installed", "not installed", "isn't installed", "hasn't been installed", "uninstalled", "blocked", "admin approved",
        "approved by an admin", "administrator", "pre-authorized", "preauthorized", "cross-org", "not allowed to access this app",
        "not authorized to access this app", "app_not_found",
    ];

    /// <summary>Whether an error of signing in says that the organisation's administrator must install or approve the app.</summary>
    /// <param name="error">Its code; hostile text.</param>
    /// <param name="description">Its description; hostile text, null when there is none.</param>
    /// <seealso href="https://help.salesforce.com/s/articleView?id=005132365&amp;type=1" />
    public static bool IsBlockedApp(string error, string? description) =>
        BlockedCodes.Any(c => error.Contains(c, StringComparison.OrdinalIgnoreCase))
        || BlockedWords.Any(w => description?.Contains(w, StringComparison.OrdinalIgnoreCase) is true);

    public override PlatformFailure? FailureOf(PlatformResponse response)
    {
        if ((int)response.Status < 400) return null;
        return CodeOf(response.Body) is { } code ? Failure(KindOf(code, response.Status)) : null;
    }

    public override TimeSpan? PauseAfter(PlatformResponse response, DateTimeOffset now) =>
        base.PauseAfter(response, now)
        ?? (IsUsedUp(response.Header("Sforce-Limit-Info")) || FailureOf(response) is { Kind: PlatformFailureKind.RateLimited }
            ? SalesforceDefaults.UsedUpPause
            : null);

    /// <summary>Whether the header, e.g. <c>api-usage=18/15000</c>, says that all calls of 24 hours are used.</summary>
    private static bool IsUsedUp(string? header)
    {
        const string name = "api-usage=";
        var usage = header?.Split([';', ','], StringSplitOptions.TrimEntries)
            .FirstOrDefault(p => p.StartsWith(name, StringComparison.Ordinal));
        return usage?[name.Length..].Split('/') is [var used, var all]
            && long.TryParse(used, CultureInfo.InvariantCulture, out var calls)
            && long.TryParse(all, CultureInfo.InvariantCulture, out var most) && calls >= most;
    }

    private static PlatformFailureKind KindOf(string code, HttpStatusCode status) => code switch
    {
        "INVALID_SESSION_ID" or "Bad_OAuth_Token" => PlatformFailureKind.AuthExpired,
        "REQUEST_LIMIT_EXCEEDED" => PlatformFailureKind.RateLimited,
        "API_DISABLED_FOR_ORG" => PlatformFailureKind.PolicyBlocked, // its edition has none
        "ORG_LOCKED" or "INACTIVE_OWNER_OR_USER" or "INACTIVE_ORGANIZATION" => PlatformFailureKind.AccountInactive,
        "PASSWORD_LOCKOUT" or "TRIAL_EXPIRED" => PlatformFailureKind.AccountInactive,
        "LOGIN_DURING_RESTRICTED_DOMAIN" or "IP_RESTRICTED" => PlatformFailureKind.NetworkRefused,
        "LOGIN_DURING_RESTRICTED_TIME" or "SERVER_UNAVAILABLE" or "ORG_IN_MAINTENANCE" => PlatformFailureKind.Transient,
        _ when IsBlockedApp(code, null) => PlatformFailureKind.PolicyBlocked,
        _ => PlatformTransport.KindOf(status),
    };

    /// <summary>
    /// The first error's code; where there is no list, the short text that the identity address answers a dead token with.
    /// </summary>
    private static string? CodeOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, SalesforceJson.Default.IReadOnlyListSalesforceError) is [{ ErrorCode: { } code }, ..]
                ? code
                : null;
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body).Trim() is "Bad_OAuth_Token" and var text ? text : null;
        }
    }
}
