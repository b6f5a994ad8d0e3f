using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>What Graph's error codes mean for people.</summary>
/// <seealso href="https://developers.facebook.com/docs/graph-api/guides/error-handling" />
internal static class FacebookErrors
{
    /// <summary>The agency asked for the asset before, and nobody has answered yet.</summary>
    private const int AlreadyRequested = 3936;

    private const int ActorBlocked = 368;

    private const int Unknown = 1;

    /// <summary>Kinds of a refused token that only the person's own sign-in can have: it ended, was taken back, or is locked.</summary>
    private static readonly int[] EndedSignIn = [458, 459, 460, 463, 464, 467];

    /// <summary>What Graph says where an answer would be too large; the code is now 1, now another.</summary>
    private static readonly string[] WordsForLess = ["reduce the amount of data", "too much data", "ask for less"];

    private static readonly int[] AlreadyShared = [AlreadyRequested, 3944, 3946, 3989];

    public static PlatformFailure? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, FacebookJson.Default.GraphErrorBody)?.Error is { } error ? ToFailure(error) : null;
        }
        catch (JsonException)
        {
            return null; // no error body: the status and the shape of the answer decide
        }
    }

    extension(PlatformFailure failure)
    {
        /// <summary>Whether the agency has the asset, or has asked for it: a success to be verified.</summary>
        public bool IsAlreadyShared => AlreadyShared.Contains(failure.Number?.Code ?? 0);

        /// <summary>Whether the agency has asked for the asset before.</summary>
        public bool IsAlreadyRequested => failure.Number?.Code == AlreadyRequested;

        /// <summary>Whether Graph did not like a parameter, as it may the classic names of tasks on a Page of the new experience.</summary>
        public bool IsBadParameter => failure is { Number.Code: 100, Kind: PlatformFailureKind.InvalidRequest };

        /// <summary>Whether Facebook has blocked the person for a while: every further call makes it worse.</summary>
        public bool IsActorBlocked => failure.Number?.Code == ActorBlocked;

        /// <summary>Whether the limit that was reached is one ad account's, not the app's or the person's.</summary>
        public bool IsOfAdAccount => failure.Number is { Code: 613 or 80003 } or { Code: 17, Subcode: 2446079 };

        /// <summary>
        /// Whether a list may be answered in smaller pages: Graph says so, or gives the error that it has no better one for.
        /// </summary>
        public bool MayWantLess => failure.AsksForLess || failure is { Number.Code: Unknown, Kind: PlatformFailureKind.Transient };

        /// <summary>Whether the refused token is surely the person's own; Facebook refuses a single Page's by the same code.</summary>
        public bool IsEndedSignIn => failure.Number is { Subcode: { } subcode } && EndedSignIn.Contains(subcode);
    }

    private static PlatformFailure ToFailure(GraphError error) =>
        new(FacebookDefaults.Key, KindOf(error), error.ErrorUserMsg ?? error.ErrorUserTitle, error.FbtraceId)
        {
            Number = (error.Code, error.ErrorSubcode),
            AsksForLess = AsksForLess(error),
            Blamed = BlamedBy(error.ErrorData),
        };

    /// <summary>
    /// The names in <c>blame_field_specs</c>, a list of paths; the whole of it comes as an object, or as a string that holds one.
    /// </summary>
    private static List<string> BlamedBy(JsonElement? data)
    {
        try
        {
            var held = data is { ValueKind: JsonValueKind.String } text ? JsonElement.Parse(text.GetString()!) : data;
            if (held is not { ValueKind: JsonValueKind.Object } body || !body.TryGetProperty("blame_field_specs", out var specs)) return [];
            var names = Names(specs).ToList();
            return names.Count > 0 ? names : [];
        }
        catch (JsonException)
        {
            return []; // Graph blames nothing that can be read
        }

        static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
            JsonValueKind.String => [element.GetString()!],
            _ => [],
        };
    }

    private static bool AsksForLess(GraphError error) =>
        error.ErrorSubcode == 1487534
        || WordsForLess.Any(words => error.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) is true);

    private static PlatformFailureKind KindOf(GraphError error) =>
        AsksForLess(error) ? PlatformFailureKind.Transient : KindOf(error.Code, error.ErrorSubcode);

    private static PlatformFailureKind KindOf(int code, int? subcode) => (code, subcode) switch
    {
        (100, 33) => PlatformFailureKind.NotFound,
        (100, 1713230) or (ActorBlocked or 3980, _) => PlatformFailureKind.PolicyBlocked, // 3980: accounts in bad standing
        (200, 1870050) => PlatformFailureKind.NoBusiness,
        (3979, _) => PlatformFailureKind.LimitReached,
        (415, _) => PlatformFailureKind.TwoFactorNeeded,
        (190, 492) => PlatformFailureKind.PermissionDenied, // the person has no role on this Page; what else they share goes on
        (Unknown or 2, _) => PlatformFailureKind.Transient,
        (102 or 190, _) => PlatformFailureKind.AuthExpired,
        (101 or 104 or 2635, _) => PlatformFailureKind.Misconfigured,
        (4 or 17 or 32 or 341 or 613, _) or ( >= 80000 and <= 80014, _) => PlatformFailureKind.RateLimited,
        (3 or 10, _) or ( >= 200 and <= 299, _) => PlatformFailureKind.PermissionDenied,
        _ => PlatformFailureKind.InvalidRequest,
    };
}
