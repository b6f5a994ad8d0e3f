using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>Mailchimp's shapes, as far as they are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MailchimpMetadata))]
[JsonSerializable(typeof(MailchimpRoot))]
[JsonSerializable(typeof(MailchimpProblem))]
[JsonSerializable(typeof(MailchimpLists))]
[JsonSerializable(typeof(MailchimpSegments))]
[JsonSerializable(typeof(MailchimpSegment))]
[JsonSerializable(typeof(MailchimpMergeFields))]
[JsonSerializable(typeof(MailchimpMembers))]
internal sealed partial class MailchimpJson : JsonSerializerContext;

internal sealed record MailchimpMetadata(string? Dc, string? ApiEndpoint);

internal sealed record MailchimpRoot(string? AccountId, string? AccountName, string? Email);

internal sealed record MailchimpProblem(string? Title, int? Status, string? Detail, string? Instance);

internal sealed record MailchimpLists(IReadOnlyList<MailchimpList>? Lists);

internal sealed record MailchimpList(string? Id, string? Name, MailchimpListStats? Stats);

internal sealed record MailchimpListStats(long? MemberCount);

internal sealed record MailchimpSegments(IReadOnlyList<MailchimpSegment>? Segments);

/// <summary>A part of an audience; one of the type <c>static</c> is what people call a tag.</summary>
internal sealed record MailchimpSegment(long Id, string? Name, string? Type, long? MemberCount);

internal sealed record MailchimpMergeFields(IReadOnlyList<MailchimpMergeField>? MergeFields);

internal sealed record MailchimpMergeField(string? Tag, string? Name, string? Type);

internal sealed record MailchimpMembers(IReadOnlyList<MailchimpMember>? Members, int TotalItems);

/// <summary>
/// A contact of an audience; <c>UniqueEmailId</c> is a number of Mailchimp's, whereas <c>Id</c> follows from the address. Its merge fields
/// are one document, whose texts are made only where they are asked for.
/// </summary>
internal sealed record MailchimpMember(
    string? Id, string? UniqueEmailId, string? EmailAddress, string? Status, JsonElement MergeFields = default)
{
    [JsonIgnore]
    public string? Number => UniqueEmailId ?? Id;
}
