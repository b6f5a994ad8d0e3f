using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>What Graph's error codes mean for people.</summary>
/// <seealso href="https://developers.facebook.com/docs/graph-api/guides/error-handling" />
internal static class FacebookErrors
{
    /// <summary>Codes that say the agency has the asset already: a success to be verified.</summary>
    private static readonly int[] AlreadyShared = [3936, 3944, 3946, 3989];

    public static PlatformFailure? Read(byte[] body) => ErrorOf(body) is { } error ? ToFailure(error) : null;

    /// <summary>As <see cref="Read"/>, but an asset that was shared before is no failure.</summary>
    public static PlatformFailure? ReadShare(byte[] body) =>
        ErrorOf(body) is { } error && AlreadyShared.Contains(error.Code)
            ? new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.InvalidRequest, AlreadySharedText, error.FbtraceId)
            : Read(body);

    /// <summary>Marks the failure of an asset that was shared before.</summary>
    public const string AlreadySharedText = "already shared";

    private static GraphError? ErrorOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, FacebookJson.Default.GraphErrorBody)?.Error;
        }
        catch (JsonException)
        {
            return null; // no error body: the status and the shape of the answer decide
        }
    }

    private static PlatformFailure ToFailure(GraphError error) => new(
        FacebookDefaults.Key, KindOf(error.Code, error.ErrorSubcode),
        error.ErrorUserMsg ?? error.ErrorUserTitle, error.FbtraceId);

    private static PlatformFailureKind KindOf(int code, int? subcode) => (code, subcode) switch
    {
        (100, 33) => PlatformFailureKind.NotFound,
        (100, 1713230) or (368, _) => PlatformFailureKind.PolicyBlocked,
        (1 or 2, _) => PlatformFailureKind.Transient,
        (102 or 190 or 415, _) => PlatformFailureKind.AuthExpired,
        (101 or 104 or 2635, _) => PlatformFailureKind.Misconfigured,
        (4 or 17 or 32 or 341 or 613, _) or ( >= 80000 and <= 80014, _) => PlatformFailureKind.RateLimited,
        (3 or 10, _) or ( >= 200 and <= 299, _) => PlatformFailureKind.PermissionDenied,
        _ => PlatformFailureKind.InvalidRequest,
    };
}
