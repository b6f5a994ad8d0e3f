using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Salesforce's shapes, as far as they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SalesforceIdentity))]
[JsonSerializable(typeof(IReadOnlyList<SalesforceError>))]
[JsonSerializable(typeof(SalesforceDescription))]
[JsonSerializable(typeof(SalesforceRows))]
[JsonSerializable(typeof(SalesforceNewJob))]
[JsonSerializable(typeof(SalesforceJob))]
[JsonSerializable(typeof(SalesforceCursor))]
[JsonSerializable(typeof(IReadOnlyList<SalesforceCondition>))]
internal sealed partial class SalesforceJson : JsonSerializerContext;

internal sealed record SalesforceIdentity(
    [property: JsonPropertyName("organization_id")] string? OrganizationId,
    [property: JsonPropertyName("user_id")] string? UserId,
    [property: JsonPropertyName("username")] string? UserName,
    [property: JsonPropertyName("display_name")] string? DisplayName);

internal sealed record SalesforceError([property: JsonPropertyName("errorCode")] string? ErrorCode);

internal sealed record SalesforceDescription(
    [property: JsonPropertyName("labelPlural")] string? LabelPlural,
    [property: JsonPropertyName("fields")] IReadOnlyList<SalesforceField>? Fields);

internal sealed record SalesforceField(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("label")] string? Label,
    [property: JsonPropertyName("type")] string? Type,
    [property: JsonPropertyName("deprecatedAndHidden")] bool? DeprecatedAndHidden)
{
    [JsonPropertyName("filterable")]
    public bool? Filterable { get; init; }
}

internal sealed record SalesforceRows(
    [property: JsonPropertyName("totalSize")] long TotalSize,
    [property: JsonPropertyName("done")] bool? Done,
    [property: JsonPropertyName("nextRecordsUrl")] string? NextRecordsUrl,
    [property: JsonPropertyName("records")] IReadOnlyList<JsonElement>? Records);

internal sealed record SalesforceNewJob(
    [property: JsonPropertyName("operation")] string Operation,
    [property: JsonPropertyName("query")] string Query,
    [property: JsonPropertyName("contentType")] string ContentType,
    [property: JsonPropertyName("columnDelimiter")] string ColumnDelimiter,
    [property: JsonPropertyName("lineEnding")] string LineEnding);

internal sealed record SalesforceJob(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("state")] string? State);
