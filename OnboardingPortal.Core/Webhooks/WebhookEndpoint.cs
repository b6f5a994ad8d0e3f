namespace OnboardingPortal.Core.Webhooks;

/// <summary>An address of the agency's own that is told what happens, by the rules of Standard Webhooks.</summary>
public sealed class WebhookEndpoint : IAgencyOwned
{
    /// <summary>The most characters of an address.</summary>
    public const int UrlMaxLength = 500;

    /// <summary>How many an agency may have.</summary>
    public const int MaxEndpoints = 20;

    private WebhookEndpoint()
    {
    }

    internal WebhookEndpoint(
        WebhookEndpointId id, AgencyCaller by, string url, IReadOnlyList<string> types, string secretProtected, DateTimeOffset now)
    {
        Id = id;
        AgencyId = by.Agency;
        CreatedByName = by.Name;
        Url = url;
        Types = types;
        SecretProtected = secretProtected;
        CreatedAt = now;
    }

    /// <summary>The endpoint's id.</summary>
    public WebhookEndpointId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Absolute https address, as a main user typed it; hostile.</summary>
    public string Url { get; internal set; } = "";

    /// <summary>The event types it hears, such as <c>request.completed</c>; empty = all.</summary>
    public IReadOnlyList<string> Types { get; internal set; } = [];

    /// <summary>The secret that signs, protected by Data Protection for this endpoint of this agency alone.</summary>
    public string SecretProtected { get; internal set; } = "";

    /// <summary>The secret before the last change, protected; signs beside the new one until <see cref="PreviousSecretUntil"/>.</summary>
    public string? PreviousSecretProtected { get; internal set; }

    /// <summary>Until when the previous secret signs too, UTC.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; internal set; }

    /// <summary>Who added it; the name at the time.</summary>
    public string CreatedByName { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was switched off, by a main user or because it no longer answers, UTC; null while it is on.</summary>
    public DateTimeOffset? DisabledAt { get; internal set; }

    /// <summary>Whether the portal switched it off: it answered 410, or failed for days.</summary>
    public bool GaveUp { get; internal set; }

    /// <summary>Whether it wants events of a type.</summary>
    internal bool Hears(string type) => Types.Count == 0 || Types.Contains(type, StringComparer.Ordinal);
}
