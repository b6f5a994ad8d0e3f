using System.Net;
using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Graph's errors and its headers about usage.</summary>
/// <seealso href="https://developers.facebook.com/docs/graph-api/overview/rate-limiting" />
/// <param name="ofTokens">Whether the app itself is answered: a wrong secret comes as code 1, which elsewhere is passing trouble.</param>
internal sealed class FacebookDialect(bool ofTokens = false) : PlatformDialect(FacebookDefaults.Key)
{
    public static readonly FacebookDialect Instance = new();

    public static readonly FacebookDialect ForTokens = new(ofTokens: true);

    /// <summary>From this percentage on calls are put off: at 100 Facebook blocks the app for everybody.</summary>
    private const double NearlyUsedUp = 95;

    internal static readonly TimeSpan Breather = TimeSpan.FromMinutes(1);

    /// <summary>How long somebody whom Facebook has blocked is left alone.</summary>
    private static readonly TimeSpan Block = TimeSpan.FromHours(2);

    public override bool RefusesByStatus => false;

    public override PlatformFailure? FailureOf(PlatformResponse response)
    {
        var failure = FacebookErrors.Read(response.Body);
        var isRefusedSecret = ofTokens && response.Status == HttpStatusCode.BadRequest && failure?.Kind == PlatformFailureKind.Transient;
        return isRefusedSecret ? failure! with { Kind = PlatformFailureKind.Misconfigured } : failure;
    }

    /// <summary>
    /// The pause that an answer asks of the app or the person, whatever it says of a single ad account: the answers of custom audiences
    /// count those themselves.
    /// </summary>
    public TimeSpan? PauseOfPerson(PlatformResponse response, DateTimeOffset now) => FailureOf(response) switch
    {
        { IsActorBlocked: true } => Block,
        { Kind: PlatformFailureKind.RateLimited, IsOfAdAccount: false } => Breather,
        _ => Usages(response.Header("X-App-Usage")).Any(IsNearlyUsedUp) ? Breather : base.PauseAfter(response, now),
    };

    public override TimeSpan? PauseAfter(PlatformResponse response, DateTimeOffset now)
    {
        var business = Usages(response.Header("X-Business-Use-Case-Usage")).ToList();
        if (business.Where(IsNearlyUsedUp).Select(RegainMinutes).DefaultIfEmpty(0).Max() is > 0 and var minutes)
            return TimeSpan.FromMinutes(minutes);
        var near = business.Concat(Usages(response.Header("X-App-Usage"))).Concat(Usages(response.Header("X-Ad-Account-Usage")))
            .Any(IsNearlyUsedUp);
        var failure = FailureOf(response);
        if (failure is { IsActorBlocked: true }) return Block;
        var refused = failure is { Kind: PlatformFailureKind.RateLimited };
        return near || refused ? Breather : base.PauseAfter(response, now);
    }

    internal static bool IsNearlyUsedUp(JsonElement usage) => usage.EnumerateObject().Any(p =>
        p.Name is "call_count" or "total_time" or "total_cputime" or "acc_id_util_pct" && p.Value.ValueKind == JsonValueKind.Number
            && p.Value.GetDouble() >= NearlyUsedUp);

    internal static double RegainMinutes(JsonElement usage) =>
        usage.TryGetProperty("estimated_time_to_regain_access", out var minutes) && minutes.ValueKind == JsonValueKind.Number
            ? minutes.GetDouble()
            : 0;

    /// <summary>The objects with figures in a header: one, or lists of them by business.</summary>
    internal static IEnumerable<JsonElement> Usages(string? header)
    {
        if (header is null) return [];
        try
        {
            return Objects(JsonElement.Parse(header));
        }
        catch (JsonException)
        {
            return []; // a header of another shape asks for nothing
        }

        static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
            JsonValueKind.Object => element.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                .SelectMany(p => Objects(p.Value)).Prepend(element),
            _ => [],
        };
    }
}
