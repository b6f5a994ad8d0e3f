using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>Mailchimp's shapes, as far as they are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MailchimpMetadata))]
[JsonSerializable(typeof(MailchimpRoot))]
[JsonSerializable(typeof(MailchimpProblem))]
internal sealed partial class MailchimpJson : JsonSerializerContext;

internal sealed record MailchimpMetadata(string? Dc, string? ApiEndpoint);

internal sealed record MailchimpRoot(string? AccountId, string? AccountName, string? Email);

internal sealed record MailchimpProblem(string? Title, int? Status, string? Detail, string? Instance);
