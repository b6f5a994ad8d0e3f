using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.HubSpot;

/// <summary>HubSpot's shapes, as far as they are read: OAuth answers in snake case, all others in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HubSpotIntrospection))]
[JsonSerializable(typeof(HubSpotProblem))]
internal sealed partial class HubSpotJson : JsonSerializerContext;

internal sealed record HubSpotIntrospection(
    bool Active,
    [property: JsonPropertyName("hub_id")] long? HubId,
    [property: JsonPropertyName("hub_domain")] string? HubDomain,
    string? User);

/// <summary>
/// An error: of OAuth with <c>error</c> and <c>status</c>, of a limit with <c>errorType</c>, of any other call with <c>errors</c>.
/// </summary>
internal sealed record HubSpotProblem(
    string? Error, string? Status, string? ErrorType, string? CorrelationId, HubSpotProblemContext? Context,
    IReadOnlyList<HubSpotProblemDetail>? Errors,
    [property: JsonPropertyName("error_description")] string? ErrorDescription = null);

internal sealed record HubSpotProblemDetail(HubSpotProblemContext? Context);

internal sealed record HubSpotProblemContext(IReadOnlyList<string>? MissingScopes);
