using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>Google's shapes, as far as they are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GooglePerson))]
[JsonSerializable(typeof(GoogleErrorBody))]
[JsonSerializable(typeof(GoogleError))]
[JsonSerializable(typeof(AdsCustomers))]
[JsonSerializable(typeof(AdsSearch))]
[JsonSerializable(typeof(AdsSearchAnswer))]
internal sealed partial class GoogleJson : JsonSerializerContext;

internal sealed record GooglePerson(string? Sub, string? Name, string? Email);

/// <summary>An error of an API is an object; of OAuth and of the person's address it is a code.</summary>
internal sealed record GoogleErrorBody(JsonElement Error);

internal sealed record GoogleError(string? Status, IReadOnlyList<GoogleErrorDetail>? Details);

/// <summary>One of several kinds of detail, by <c>@type</c>: a reason, a pause, or a failure of Google Ads.</summary>
internal sealed record GoogleErrorDetail(string? Reason, string? RetryDelay, string? RequestId, IReadOnlyList<AdsError>? Errors);

internal sealed record AdsError(Dictionary<string, JsonElement>? ErrorCode, AdsErrorDetails? Details);

internal sealed record AdsErrorDetails(AdsQuotaDetails? QuotaErrorDetails);

internal sealed record AdsQuotaDetails(string? RetryDelay);

internal sealed record AdsCustomers(IReadOnlyList<string>? ResourceNames);

internal sealed record AdsSearch(string Query);

internal sealed record AdsSearchAnswer(IReadOnlyList<AdsRow>? Results);

internal sealed record AdsRow(AdsCustomer? Customer);

internal sealed record AdsCustomer(string? Id, string? DescriptiveName);
