using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>Graph's shapes of custom audiences, as far as they are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(GraphAudience))]
[JsonSerializable(typeof(GraphPage<GraphAudience>))]
[JsonSerializable(typeof(GraphReceipt))]
[JsonSerializable(typeof(GraphPage<GraphAudienceSession>))]
[JsonSerializable(typeof(GraphAudienceAccount))]
internal sealed partial class AudienceJson : JsonSerializerContext;

internal sealed record GraphAudience(
    string? Id, string? AccountId, string? Name, string? Subtype, long? ApproximateCountLowerBound, long? ApproximateCountUpperBound,
    GraphAudienceStatus? OperationStatus, GraphAudienceStatus? DeliveryStatus, long? DeleteTime,
    IReadOnlyList<string>? FieldsViolatingIntegrityPolicy);

internal sealed record GraphAudienceStatus(int? Code, string? Description);

/// <summary>What a batch, or any other change, answers.</summary>
internal sealed record GraphReceipt(string? Id, bool? Success, long? NumReceived, long? NumInvalidEntries);

internal sealed record GraphAudienceSession(
    string? SessionId, long? NumReceived, long? NumMatched, string? Stage, string? EndTime);

internal sealed record GraphAudienceAccount(
    string? Id, int? AccountStatus, GraphBusiness? Business, IReadOnlyDictionary<string, int>? TosAccepted);
