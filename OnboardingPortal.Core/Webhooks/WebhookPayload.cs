using System.Text.Json;
using System.Text.Json.Serialization;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>
/// The body of an event: its type, when it happened, and what is needed to look it up. No text that somebody wrote to somebody, no link of
/// a client, no credentials. Names are cut in the audit trail, so that a body stays far below 20 kB.
/// </summary>
/// <param name="Type">The event's type.</param>
/// <param name="Timestamp">When it happened, UTC.</param>
/// <param name="Data">What it is about.</param>
internal sealed record WebhookPayload(string Type, DateTime Timestamp, WebhookData Data)
{
    /// <summary>The body of what an audit entry tells.</summary>
    /// <param name="type">The entry's type of event.</param>
    /// <param name="happened">The entry.</param>
    /// <param name="status">The status of its request afterwards; null without a request.</param>
    /// <param name="portal">The portal's public address.</param>
    public static string Of(WebhookEventType type, AuditEvent happened, RequestStatus? status, Uri portal) => Write(new(
        type.Name, happened.At.UtcDateTime,
        new WebhookData
        {
            RequestId = happened.RequestId?.ToString(),
            Status = status is { } now ? Lower(now.ToString()) : null,
            Link = happened.Sync is { } sync ? new Uri(portal, $"data-sync/{sync}")
                : happened.RequestId is { } request ? new Uri(portal, $"collaboration/requests/{request}")
                : null,
            SyncId = happened.Sync?.ToString(),
            Platform = happened.Platform?.Value,
            Recipient = type.Detail == WebhookDetail.Recipient ? happened.Detail : null,
            Account = type.Detail == WebhookDetail.Account ? happened.Detail : null,
            Asset = type.Detail == WebhookDetail.Asset ? happened.Detail : null,
            List = type.Detail == WebhookDetail.List ? happened.Detail : null,
            Reason = type.Reason
                ?? ((type.Detail == WebhookDetail.Reason ? happened.Detail : happened.Reason) is { } reason ? Lower(reason) : null),
        }));

    /// <summary>The body of an event that tries an endpoint.</summary>
    public static string Test(WebhookEndpointId endpoint, DateTimeOffset now) =>
        Write(new(WebhookEventTypes.Test, now.UtcDateTime, new WebhookData { EndpointId = endpoint.ToString() }));

    private static string Lower(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Write(WebhookPayload payload) => JsonSerializer.Serialize(payload, WebhookJson.Default.WebhookPayload);
}

/// <summary>What an event is about; what does not belong to its type is left out.</summary>
internal sealed record WebhookData
{
    /// <summary>The request's id.</summary>
    public string? RequestId { get; init; }

    /// <summary>The request's status when it happened.</summary>
    public string? Status { get; init; }

    /// <summary>The page of the data sync, or else of the request, in the portal, for users of the agency.</summary>
    public Uri? Link { get; init; }

    /// <summary>The data sync's id.</summary>
    public string? SyncId { get; init; }

    /// <summary>The platform's key.</summary>
    public string? Platform { get; init; }

    /// <summary>The address of a recipient.</summary>
    public string? Recipient { get; init; }

    /// <summary>The name of an account at the platform.</summary>
    public string? Account { get; init; }

    /// <summary>The name of an ad account or Page.</summary>
    public string? Asset { get; init; }

    /// <summary>The name of a list of people.</summary>
    public string? List { get; init; }

    /// <summary>Why something failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The endpoint that is tried.</summary>
    public string? EndpointId { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookPayload))]
internal sealed partial class WebhookJson : JsonSerializerContext;
