using System.Globalization;
using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.HubSpot;

/// <summary>HubSpot's errors, of its OAuth calls and of the others, and its headers about limits.</summary>
/// <seealso href="https://developers.hubspot.com/changelog/new-oauth-v3-api-endpoints-and-standardized-error-responses" />
internal sealed class HubSpotDialect() : PlatformDialect(HubSpotDefaults.Key)
{
    public static readonly HubSpotDialect Instance = new();

    public override PlatformFailure? FailureOf(PlatformResponse response)
    {
        if ((int)response.Status < 400) return null;
        return ProblemOf(response.Body) is { } problem ? Failure(KindOf(problem, response), traceId: problem.CorrelationId) : null;
    }

    public override TimeSpan? PauseAfter(PlatformResponse response, DateTimeOffset now)
    {
        if (base.PauseAfter(response, now) is { } asked) return asked;
        var usedUp = Number(response, "X-HubSpot-RateLimit-Remaining") is 0
            || FailureOf(response) is { Kind: PlatformFailureKind.RateLimited };
        if (!usedUp) return null;
        return Number(response, "X-HubSpot-RateLimit-Interval-Milliseconds") is > 0 and var milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : HubSpotDefaults.CountedIn;
    }

    private static int? Number(PlatformResponse response, string header) =>
        int.TryParse(response.Header(header), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static PlatformFailureKind KindOf(HubSpotProblem problem, PlatformResponse response)
    {
        if ((int)response.Status >= 500) return PlatformFailureKind.Transient;
        if (problem.Status == "BAD_REFRESH_TOKEN") return PlatformFailureKind.AuthExpired;
        if (problem.ErrorType == "RATE_LIMIT") return PlatformFailureKind.RateLimited;
        if (problem.Error is { Length: > 0 } error) return OAuthErrors.KindOf(error, problem.ErrorDescription);
        var missesScopes = problem.Context?.MissingScopes is { Count: > 0 }
            || problem.Errors?.Any(e => e.Context?.MissingScopes is { Count: > 0 }) is true;
        return missesScopes ? PlatformFailureKind.PermissionDenied : PlatformTransport.KindOf(response.Status);
    }

    private static HubSpotProblem? ProblemOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, HubSpotJson.Default.HubSpotProblem);
        }
        catch (JsonException)
        {
            return null; // no error body: the status decides
        }
    }
}
