using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.HubSpot;

/// <summary>HubSpot's shapes, as far as they are read: OAuth answers in snake case, all others in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HubSpotIntrospection))]
[JsonSerializable(typeof(HubSpotProblem))]
[JsonSerializable(typeof(HubSpotListSearch))]
[JsonSerializable(typeof(HubSpotLists))]
[JsonSerializable(typeof(HubSpotOneList))]
[JsonSerializable(typeof(HubSpotProperties))]
[JsonSerializable(typeof(HubSpotMemberships))]
[JsonSerializable(typeof(HubSpotBatch))]
[JsonSerializable(typeof(HubSpotContactBatch))]
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

internal sealed record HubSpotListSearch(
    string Query, int Count, int Offset, string ObjectTypeId, IReadOnlyList<string> AdditionalProperties);

internal sealed record HubSpotLists(IReadOnlyList<HubSpotList>? Lists, bool HasMore);

internal sealed record HubSpotOneList(HubSpotList? List);

internal sealed record HubSpotList(
    string? ListId, string? Name, string? ObjectTypeId, IReadOnlyDictionary<string, string?>? AdditionalProperties);

internal sealed record HubSpotProperties(IReadOnlyList<HubSpotProperty>? Results);

internal sealed record HubSpotProperty(
    string? Name, string? Label, bool Hidden, bool Archived, HubSpotPropertyManners? ModificationMetadata);

internal sealed record HubSpotPropertyManners(bool ReadOnlyValue);

internal sealed record HubSpotMemberships(IReadOnlyList<HubSpotMembership>? Results, long? Total, HubSpotPaging? Paging);

internal sealed record HubSpotMembership(string? RecordId);

internal sealed record HubSpotPaging(HubSpotNext? Next);

internal sealed record HubSpotNext(string? After);

internal sealed record HubSpotBatch(
    IReadOnlyList<HubSpotBatchInput> Inputs, IReadOnlyList<string> Properties, IReadOnlyList<string> PropertiesWithHistory);

internal sealed record HubSpotBatchInput(string Id);

internal sealed record HubSpotContactBatch(IReadOnlyList<HubSpotContact>? Results);

internal sealed record HubSpotContact(string? Id, IReadOnlyDictionary<string, string?>? Properties);
