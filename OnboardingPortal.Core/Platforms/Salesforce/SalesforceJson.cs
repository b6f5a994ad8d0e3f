using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Salesforce's shapes, as far as they are read.</summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(SalesforceIdentity))]
[JsonSerializable(typeof(IReadOnlyList<SalesforceError>))]
internal sealed partial class SalesforceJson : JsonSerializerContext;

internal sealed record SalesforceIdentity(
    [property: JsonPropertyName("organization_id")] string? OrganizationId,
    [property: JsonPropertyName("user_id")] string? UserId,
    [property: JsonPropertyName("username")] string? UserName,
    [property: JsonPropertyName("display_name")] string? DisplayName);

internal sealed record SalesforceError([property: JsonPropertyName("errorCode")] string? ErrorCode);
