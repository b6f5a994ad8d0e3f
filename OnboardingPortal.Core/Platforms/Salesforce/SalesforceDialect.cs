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

    public override PlatformFailure? FailureOf(PlatformResponse response)
    {
        if ((int)response.Status < 400) return null;
        return CodeOf(response.Body) is { } code ? Failure(KindOf(code, response.Status)) : null;
    }

    public override TimeSpan? PauseAfter(PlatformResponse response, DateTimeOffset now) =>
        base.PauseAfter(response, now)
        ?? (IsUsedUp(response.Header("Sforce-Limit-Info")) || FailureOf(response) is { Kind: PlatformFailureKind.RateLimited } ? SalesforceDefaults.UsedUpPause : null);

    /// <summary>Whether the header, e.g. <c>api-usage=18/15000</c>, says that all calls of 24 hours are used.</summary>
    private static bool IsUsedUp(string? header)
    {
        const string name = "api-usage=";
        var usage = header?.Split([';', ','], StringSplitOptions.TrimEntries).FirstOrDefault(p => p.StartsWith(name, StringComparison.Ordinal));
        return usage?[name.Length..].Split('/') is [var used, var all]
            && long.TryParse(used, CultureInfo.InvariantCulture, out var calls) && long.TryParse(all, CultureInfo.InvariantCulture, out var most) && calls >= most;
    }

    private static PlatformFailureKind KindOf(string code, HttpStatusCode status) => code switch
    {
        "INVALID_SESSION_ID" or "Bad_OAuth_Token" => PlatformFailureKind.AuthExpired,
        "REQUEST_LIMIT_EXCEEDED" => PlatformFailureKind.RateLimited,
        "API_DISABLED_FOR_ORG" => PlatformFailureKind.PermissionDenied,
        _ => PlatformTransport.KindOf(status),
    };

    /// <summary>
    /// The first error's code; where there is no list, the short text that the identity address answers a dead token with.
    /// </summary>
    private static string? CodeOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, SalesforceJson.Default.IReadOnlyListSalesforceError) is [{ ErrorCode: { } code }, ..] ? code : null;
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body).Trim() is "Bad_OAuth_Token" and var text ? text : null;
        }
    }
}
