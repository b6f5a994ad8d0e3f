namespace OnboardingPortal.Core.Webhooks;

/// <summary>No such endpoint in the caller's agency, or it was removed.</summary>
public sealed record WebhookNotFound : PortalError;

/// <summary>No such delivery in the caller's agency, or it is forgotten.</summary>
public sealed record WebhookDeliveryNotFound : PortalError;

/// <summary>The endpoint is switched off: nothing is sent to it.</summary>
public sealed record WebhookSwitchedOff : PortalError;

/// <summary>The agency has as many endpoints as it may have.</summary>
public sealed record TooManyWebhooks : PortalError
{
    /// <summary><c>{0}</c>: the limit.</summary>
    public override IReadOnlyList<object> Arguments => [WebhookEndpoint.MaxEndpoints];
}
