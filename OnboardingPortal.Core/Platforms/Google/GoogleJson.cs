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
[JsonSerializable(typeof(GoogleSpreadsheet))]
[JsonSerializable(typeof(GoogleSheetRanges))]
[JsonSerializable(typeof(GoogleSheetCursor))]
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

internal sealed record AdsSearch(
    string Query,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PageToken = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AdsSearchSettings? SearchSettings = null);

internal sealed record AdsSearchSettings(bool ReturnTotalResultsCount);

/// <summary>Numbers of 64 bits are texts.</summary>
internal sealed record AdsSearchAnswer(IReadOnlyList<AdsRow>? Results, string? NextPageToken = null, string? TotalResultsCount = null);

internal sealed record AdsRow(AdsCustomer? Customer, AdsAsset? Asset = null, AdsLead? LeadFormSubmissionData = null);

internal sealed record AdsCustomer(string? Id, string? DescriptiveName, bool? Manager = null);

internal sealed record AdsAsset(string? Id, string? Name, AdsLeadFormAsset? LeadFormAsset);

internal sealed record AdsLeadFormAsset(string? Headline);

internal sealed record AdsLead(
    string? Id, string? Asset, string? SubmissionDateTime, IReadOnlyList<AdsLeadField>? LeadFormSubmissionFields);

internal sealed record AdsLeadField(string? FieldType, string? FieldValue);

internal sealed record GoogleSpreadsheet(GoogleSpreadsheetProperties? Properties, IReadOnlyList<GoogleSheet>? Sheets);

internal sealed record GoogleSpreadsheetProperties(string? Title);

internal sealed record GoogleSheet(GoogleSheetProperties? Properties);

internal sealed record GoogleSheetProperties(
    long SheetId, string? Title, string? SheetType, bool? Hidden, GoogleGridProperties? GridProperties);

internal sealed record GoogleGridProperties(int? RowCount, int? ColumnCount);

internal sealed record GoogleSheetRanges(IReadOnlyList<GoogleSheetValues>? ValueRanges);

/// <summary>Cells by columns; without those at the end that are empty, and without any where all are.</summary>
internal sealed record GoogleSheetValues(IReadOnlyList<IReadOnlyList<string>>? Values);
