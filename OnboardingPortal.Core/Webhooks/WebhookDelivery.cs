namespace OnboardingPortal.Core.Webhooks;

/// <summary>One event on its way to one endpoint; written in the transaction of what it tells.</summary>
public sealed class WebhookDelivery : IAgencyOwned
{
    /// <summary>The most UTF-16 code units kept of an error or an answer.</summary>
    public const int AnswerMaxLength = 500;

    /// <summary>How often a delivery is tried before it is given up; over three days, see <see cref="WebhookLedger"/>.</summary>
    public const int MaxAttempts = 10;

    private WebhookDelivery()
    {
    }

    internal WebhookDelivery(
        WebhookDeliveryId id, WebhookEndpoint endpoint, string messageId, string type, string payload, RequestId? request,
        DateTimeOffset now)
    {
        Id = id;
        AgencyId = endpoint.AgencyId;
        EndpointId = endpoint.Id;
        MessageId = messageId;
        Type = type;
        Payload = payload;
        RequestId = request;
        CreatedAt = now;
        NextAttemptAt = now;
    }

    /// <summary>The delivery's id.</summary>
    public WebhookDeliveryId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>To whom.</summary>
    public WebhookEndpointId EndpointId { get; private set; }

    /// <summary>The header <c>webhook-id</c>: the same for every attempt and every endpoint of one event; no dot in it.</summary>
    public string MessageId { get; private set; } = "";

    /// <summary>The event's type, such as <c>request.completed</c>.</summary>
    public string Type { get; private set; } = "";

    /// <summary>The body, exactly as it is signed and sent: JSON, UTF-8.</summary>
    public string Payload { get; private set; } = "";

    /// <summary>The request it is about; null for a test.</summary>
    public RequestId? RequestId { get; private set; }

    /// <summary>How far it is.</summary>
    public WebhookDeliveryState State { get; private set; } = WebhookDeliveryState.Queued;

    /// <summary>Attempts begun; also the fencing token, as with mails.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it is tried next, or when the running attempt's lease ends, UTC.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the last attempt ended, UTC; null while none has, and while one runs.</summary>
    public DateTimeOffset? LastAttemptAt { get; private set; }

    /// <summary>The HTTP status of the last attempt; null when there was no answer.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>What the last attempt failed of, or the beginning of the answer; hostile text, for main users.</summary>
    public string? LastAnswer { get; private set; }
}

/// <summary>How far a delivery is. Stored by name.</summary>
public enum WebhookDeliveryState
{
    /// <summary>Waits for its next attempt, or is being sent under a lease.</summary>
    Queued,

    /// <summary>The endpoint took it.</summary>
    Delivered,

    /// <summary>Given up: after the last attempt, or because the endpoint was switched off.</summary>
    Failed,
}
